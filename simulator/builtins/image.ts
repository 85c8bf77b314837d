import type { Builtin } from './define.ts'

const FITS: Record<string, string> = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover', widthFix: 'fill', heightFix: 'fill' }
const POSITIONS = new Set(['top', 'bottom', 'center', 'left', 'right', 'top left', 'top right', 'bottom left', 'bottom right'])

export const image: Builtin = {
  tag: 'image',
  properties: { src: [String, ''], mode: [String, 'scaleToFill'], lazyLoad: [Boolean, false] },
  setup: ({ element, get, send, asset }) => {
    const img = document.createElement('img')
    img.alt = ''
    img.draggable = false
    element.append(img)
    const fit = () => {
      const mode = get<string>('mode')
      const known = mode in FITS || POSITIONS.has(mode)
      if (!known) console.warn(`<image> mode "${mode}" is unknown: it is drawn as scaleToFill`)
      img.style.objectFit = known ? (FITS[mode] ?? 'none') : 'fill'
      img.style.objectPosition = POSITIONS.has(mode) ? mode : ''
      element.dataset['mode'] = mode
    }
    img.addEventListener('load', () => {
      img.style.visibility = ''
      const { naturalWidth: width, naturalHeight: height } = img
      if (get<string>('mode') === 'widthFix') element.style.height = `${(element.clientWidth * height) / width}px`
      if (get<string>('mode') === 'heightFix') element.style.width = `${(element.clientHeight * width) / height}px`
      send('load', { width, height })
    })
    img.addEventListener('error', () => {
      img.style.visibility = 'hidden'
      if (get<string>('src')) send('error', { errMsg: `GET ${get<string>('src')} failed` })
    })
    return {
      changed: {
        mode: fit,
        lazyLoad: (lazy: boolean) => (img.loading = lazy ? 'lazy' : 'eager'),
        src: (src: string) => {
          if (src) img.src = asset(src)
          else img.removeAttribute('src')
        },
        ariaLabel: (label: unknown) => (img.alt = String(label ?? '')),
      },
    }
  },
}

export const coverImage: Builtin = { ...image, tag: 'cover-image' }
