//! Sealed chunks: a stream of bytes encrypted piece by piece with XChaCha20-Poly1305. Each chunk is bound to what the
//! stream stands for, its number and whether it is the last, so that cutting, swapping or altering any of it is found.
//! Not here: what is sealed so, which is backups and the content of files.

use std::io::{self, Read, Write};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use kernel::Problem;

/// Bytes of content in a chunk.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// What is the same for all chunks of a stream.
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    salt: [u8; 16],
    bound: [u8; 32],
    number: u64,
    altered: fn() -> Problem,
}

impl Seal {
    /// `salt` is chance of this stream's own, `bound` the hash of what it stands for; `altered` says that it was changed.
    pub(crate) fn new(key: &[u8; 32], salt: [u8; 16], bound: [u8; 32], altered: fn() -> Problem) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&(*key).into()), salt, bound, number: 0, altered }
    }

    /// The nonce and the bound data of the next chunk.
    fn next(&mut self, last: bool) -> (XNonce, Vec<u8>) {
        let number = self.number.to_be_bytes();
        self.number += 1;
        let mut nonce = XNonce::default();
        nonce[..16].copy_from_slice(&self.salt);
        nonce[16..].copy_from_slice(&number);
        (nonce, [&self.bound[..], &number, &[u8::from(last)]].concat())
    }
}

/// Seals what is written to it. Nothing is whole before [`SealWriter::finish`].
pub(crate) struct SealWriter<W> {
    to: W,
    seal: Seal,
    buffer: Vec<u8>,
}

impl<W: Write> SealWriter<W> {
    pub(crate) fn new(to: W, seal: Seal) -> Self {
        Self { to, seal, buffer: Vec::with_capacity(CHUNK) }
    }

    /// Writes the last chunk.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.put(true)?;
        self.to.flush()
    }

    fn put(&mut self, last: bool) -> io::Result<()> {
        let (nonce, aad) = self.seal.next(last);
        let payload = Payload { msg: &self.buffer, aad: &aad };
        let sealed =
            self.seal.cipher.encrypt(&nonce, payload).map_err(|_| io::Error::other("encryption failed"))?;
        self.to.write_all(&[u8::from(last)])?;
        self.to.write_all(&u32::try_from(sealed.len()).unwrap_or(u32::MAX).to_be_bytes())?;
        self.to.write_all(&sealed)?;
        self.buffer.clear();
        Ok(())
    }
}

impl<W: Write> Write for SealWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() == CHUNK {
            self.put(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.buffer.len());
        self.buffer.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// Chunks are full or the last: there is nothing to hurry along.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what it reads. At the end it holds that the file ended where it was made to end.
pub(crate) struct OpenReader<R> {
    from: R,
    seal: Seal,
    buffer: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: Read> OpenReader<R> {
    pub(crate) fn new(from: R, seal: Seal) -> Self {
        Self { from, seal, buffer: Vec::new(), read: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut head = [0; 5];
        self.from.read_exact(&mut head)?;
        let [last, length @ ..] = head;
        let length = u32::from_be_bytes(length) as usize;
        if last > 1 || !(TAG..=CHUNK + TAG).contains(&length) {
            return Err(io::Error::other((self.seal.altered)()));
        }
        let mut sealed = vec![0; length];
        self.from.read_exact(&mut sealed)?;
        let (nonce, aad) = self.seal.next(last == 1);
        let opened = self.seal.cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &aad });
        self.buffer = opened.map_err(|_| io::Error::other((self.seal.altered)()))?;
        self.read = 0;
        self.ended = last == 1;
        if self.ended && self.from.read(&mut head)? > 0 {
            return Err(io::Error::other((self.seal.altered)()));
        }
        Ok(())
    }
}

impl<R: Read> Read for OpenReader<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.read == self.buffer.len() && !self.ended {
            self.fill()?;
        }
        let taken = to.len().min(self.buffer.len() - self.read);
        to[..taken].copy_from_slice(&self.buffer[self.read..self.read + taken]);
        self.read += taken;
        Ok(taken)
    }
}
