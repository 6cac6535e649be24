// Photographs are reduced before they are kept: what counts is what can be seen on them, and a telephone has little room.
import type { Photo } from '../sync'
import { base64, hex } from './bytes'

const LONGEST = 1280
const BYTES = 400_000

export async function reduced(file: File): Promise<Photo> {
  const image = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  for (const quality of [0.8, 0.6, 0.4, 0.2]) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (!blob || (blob.size > BYTES && quality > 0.2)) continue
    const bytes = await blob.arrayBuffer()
    return { sha256: hex(await crypto.subtle.digest('SHA-256', bytes)), content: base64(bytes) }
  }
  throw new Error('no picture')
}
