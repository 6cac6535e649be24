//! Files that belong to the program: embedded, addressed by their content, kept by browsers for good.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use sha2::{Digest as _, Sha256};

use crate::Fault;

/// A file as embedded.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its name: `kapok.css`.
    pub name: &'static str,
    /// `text/css; charset=utf-8`.
    pub content_type: &'static str,
    /// What is in it.
    pub content: &'static [u8],
}

/// Files with their addresses.
#[derive(Debug, Clone)]
pub struct Assets(Vec<(String, Asset)>);

impl Assets {
    /// Gives each file the address that its content has: `kapok.css` becomes `/assets/kapok.1f2e3d4c5b6a.css`.
    #[must_use]
    pub fn new(files: &[Asset]) -> Self {
        Self(files.iter().map(|asset| (address(asset), *asset)).collect())
    }

    /// The address of a file; without such a file an address that answers 404.
    #[must_use]
    pub fn href(&self, name: &str) -> String {
        let found = self.0.iter().find(|(_, asset)| asset.name == name);
        format!("{ROOT}{}", found.map_or(name, |(address, _)| address))
    }

    /// What hands them out, at [`Assets::PATH`].
    pub fn handler<S: Clone + Send + Sync + 'static>(&self) -> MethodRouter<S> {
        let files = self.0.clone();
        let hand_out = move |Path(address): Path<String>| {
            let found = files.iter().find(|(known, _)| *known == address).map(|(_, asset)| *asset);
            async move {
                let asset = found.ok_or_else(|| {
                    Fault::not_found("no_asset", "没有这个文件", "页面可能是旧的，请刷新后再看")
                })?;
                let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
                let kind = HeaderValue::from_static(asset.content_type);
                let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)];
                Ok::<_, Fault>((headers, asset.content).into_response())
            }
        };
        get(hand_out)
    }

    /// The pattern of their addresses.
    pub const PATH: &'static str = "/assets/{file}";
}

const ROOT: &str = "/assets/";

fn address(asset: &Asset) -> String {
    let hash = Sha256::digest(asset.content);
    let hash: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    match asset.name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{}.{hash}", asset.name),
    }
}
