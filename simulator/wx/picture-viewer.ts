// Pictures over the whole screen, as wx.previewImage shows them: swipe or arrow keys to the next one, a tap or Esc closes.
import { element } from './overlay-parts.ts'

/** a finger that moved less has tapped */
const TAP_DISTANCE = 10
/** part of the width that a swipe must cross */
const SWIPE = 0.2

/**
 * @param pictures addresses that the browser can draw
 * @param at index of the picture to begin with
 * @param unreadable what stands in place of a picture that cannot be loaded
 */
export function pictureViewer(pictures: string[], at: number, unreadable: string, close: () => void): HTMLElement {
  const viewer = element('div', { class: 'viewer' })
  const strip = element('div', { class: 'strip' })
  const count = element('div', { class: 'count' })
  count.setAttribute('aria-live', 'polite')
  pictures.forEach((picture, index) => {
    const page = element('figure')
    page.style.left = `${index * 100}%`
    page.style.right = `${index * -100}%`
    const image = element('img')
    image.alt = ''
    image.draggable = false
    image.onerror = () => image.replaceWith(element('figcaption', { text: unreadable }))
    image.src = picture
    page.append(image)
    strip.append(page)
  })
  let current = at
  const show = (index: number) => {
    current = Math.max(0, Math.min(pictures.length - 1, index))
    strip.style.transform = `translateX(${current * -100}%)`
    count.textContent = `${current + 1} / ${pictures.length}`
    viewer.setAttribute('aria-label', count.textContent)
  }
  show(at)

  let from: { id: number; x: number; y: number } | undefined
  viewer.addEventListener('pointerdown', ({ pointerId, clientX, clientY }) => {
    from = { id: pointerId, x: clientX, y: clientY }
    viewer.setPointerCapture(pointerId)
    strip.classList.add('held')
  })
  viewer.addEventListener('pointermove', ({ pointerId, clientX }) => {
    if (from?.id !== pointerId) return
    strip.style.transform = `translateX(calc(${current * -100}% + ${clientX - from.x}px))`
  })
  const release = (event: PointerEvent, cancelled: boolean) => {
    if (from?.id !== event.pointerId) return
    const [x, y] = [event.clientX - from.x, event.clientY - from.y]
    from = undefined
    strip.classList.remove('held')
    if (!cancelled && Math.hypot(x, y) <= TAP_DISTANCE) close()
    else if (!cancelled && Math.abs(x) > viewer.clientWidth * SWIPE) show(current - Math.sign(x))
    else show(current)
  }
  viewer.addEventListener('pointerup', event => release(event, false))
  viewer.addEventListener('pointercancel', event => release(event, true))
  viewer.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') show(current - 1)
    else if (key === 'ArrowRight') show(current + 1)
    else if (key === 'Enter' || key === ' ') close()
  })
  viewer.append(strip, count)
  return viewer
}
