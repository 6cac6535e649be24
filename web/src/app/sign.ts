// A pad on which somebody signs with a finger. What is drawn becomes a PNG; nobody has to sign.
import type { Photo } from '../sync'
import { base64, hex } from './bytes'
import { h } from './dom'

const [WIDTH, HEIGHT] = [640, 240]

export function pad(kept: Photo | null, set: (signature: Photo | null) => void, done = '已签名'): HTMLElement {
  const canvas = h('canvas', { id: 'f-sign', class: 'sign', width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': '签名处：用手指写' })
  const pen = canvas.getContext('2d')
  const stand = h('p', { class: 'meta', role: 'status' }, kept ? done : '还没有签名')
  let drawing = false
  if (pen) {
    pen.lineWidth = 4
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
  }
  const blank = (): void => {
    if (!pen) return
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, WIDTH, HEIGHT)
    pen.strokeStyle = '#111'
  }
  blank()
  if (kept) {
    const image = new Image()
    image.onload = () => pen?.drawImage(image, 0, 0)
    image.src = `data:image/png;base64,${kept.content}`
  }
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect()
    return [((event.clientX - box.left) * WIDTH) / box.width, ((event.clientY - box.top) * HEIGHT) / box.height]
  }
  const save = async (): Promise<void> => {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) return
    const bytes = await blob.arrayBuffer()
    set({ sha256: hex(await crypto.subtle.digest('SHA-256', bytes)), content: base64(bytes) })
    stand.textContent = done
  }
  canvas.addEventListener('pointerdown', (event) => {
    drawing = true
    canvas.setPointerCapture(event.pointerId)
    pen?.beginPath()
    pen?.moveTo(...at(event))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!drawing) return
    pen?.lineTo(...at(event))
    pen?.stroke()
  })
  const end = (): void => {
    if (!drawing) return
    drawing = false
    void save()
  }
  canvas.addEventListener('pointerup', end)
  canvas.addEventListener('pointercancel', end)
  const wipe = (): void => {
    blank()
    set(null)
    stand.textContent = '还没有签名'
  }
  return h('div', { class: 'field' }, canvas, h('p', { class: 'acts' }, h('button', { class: 'btn btn-s', type: 'button', click: wipe }, '擦掉重签')), stand)
}
