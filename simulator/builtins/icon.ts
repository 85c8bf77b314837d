import type { Builtin } from './define.ts'

const GLYPHS: Record<string, [glyph: string, color: string]> = {
  success: ['✓', '#07c160'],
  success_no_circle: ['✓', '#07c160'],
  info: ['i', '#10aeff'],
  warn: ['!', '#f76260'],
  waiting: ['…', '#10aeff'],
  cancel: ['×', '#f43530'],
  download: ['↓', '#07c160'],
  search: ['⌕', '#b2b2b2'],
  clear: ['×', '#b2b2b2'],
}

export const icon: Builtin = {
  tag: 'icon',
  properties: { type: [String, ''], size: [null, 23], color: [String, ''] },
  setup({ element, get }) {
    const draw = () => {
      const [glyph, color] = GLYPHS[get<string>('type')] ?? ['', '']
      const size = Number.parseFloat(String(get('size')))
      element.textContent = glyph
      element.style.cssText += `;width:${size}px;height:${size}px;font-size:${size * 0.7}px;line-height:${size}px;--icon:${get<string>('color') || color}`
      element.dataset['type'] = get<string>('type')
    }
    return { changed: { type: draw, size: draw, color: draw } }
  },
}
