// wx.createCanvasContext: the drawing that <canvas canvas-id> had before type="2d". Calls are kept until draw(), and lengths are CSS pixels.
// https://developers.weixin.qq.com/miniprogram/dev/api/canvas/CanvasContext.html
import type { BuiltinElement } from '../builtins/define.ts'
import { CHINESE, withChinese } from '../runtime/font-families.ts'

type Draw = (context: CanvasRenderingContext2D) => void
type Values = unknown[]

/** what the browser's context does by the same name */
const SAME =
  `beginPath closePath moveTo lineTo arc arcTo rect bezierCurveTo quadraticCurveTo fill stroke clip fillRect strokeRect clearRect fillText strokeText
  save restore scale rotate translate transform setTransform setLineDash`.split(/\s+/)
/** set by a method of the old context, and by name since base library 1.9.90 */
const PROPERTIES = {
  setFillStyle: 'fillStyle',
  setStrokeStyle: 'strokeStyle',
  setLineWidth: 'lineWidth',
  setLineCap: 'lineCap',
  setLineJoin: 'lineJoin',
  setMiterLimit: 'miterLimit',
  setGlobalAlpha: 'globalAlpha',
  setTextAlign: 'textAlign',
  setTextBaseline: 'textBaseline',
} as const
const OTHERS = ['font', 'shadowColor', 'shadowBlur', 'shadowOffsetX', 'shadowOffsetY', 'lineDashOffset', 'globalCompositeOperation']

const FAMILIES = withChinese('sans-serif')

/** A gradient is made when the drawing is. */
class Gradient {
  readonly stops: [offset: number, color: string][] = []
  constructor(readonly make: (context: CanvasRenderingContext2D) => CanvasGradient) {}

  addColorStop(offset: number, color: string): void {
    this.stops.push([offset, color])
  }

  of(context: CanvasRenderingContext2D): CanvasGradient {
    const made = this.make(context)
    for (const [offset, color] of this.stops) made.addColorStop(offset, color)
    return made
  }
}

export type FindCanvas = (id: string) => BuiltinElement | undefined

/** The font of the drawing so far: text is measured before anything is drawn. */
function fontState() {
  let current = `10px ${FAMILIES}`
  const saved: string[] = []
  return {
    get current() {
      return current
    },
    use: (font: string) => (current = withChinese(font)),
    sized: (size: number) => (/\d*\.?\d+px/.test(current) ? current.replace(/\d*\.?\d+px/, `${size}px`) : `${size}px ${FAMILIES}`),
    save: () => void saved.push(current),
    restore: () => void (current = saved.pop() ?? current),
  }
}

const measuring = () => document.createElement('canvas').getContext('2d')!

/** @param find the canvas with that id, at the time of drawing */
export function createCanvasContext(id: string, find: FindCanvas): object {
  let steps: Draw[] = []
  let pictures: Promise<unknown>[] = []
  let texts = ''
  const step = (draw: Draw) => void steps.push(draw)
  const font = fontState()
  const set = (name: string, given: unknown) => {
    const value = name === 'font' ? font.use(String(given)) : given
    step(context => Reflect.set(context, name, value instanceof Gradient ? value.of(context) : value))
  }
  const context: Record<string, unknown> = {
    setFontSize: (size: number) => set('font', font.sized(size)),
    setShadow: (x: number, y: number, blur: number, color: string) =>
      Object.entries({ shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color }).forEach(([name, value]) =>
        set(name, value),
      ),
    createLinearGradient: (...at: [number, number, number, number]) => new Gradient(made => made.createLinearGradient(...at)),
    createCircularGradient: (x: number, y: number, radius: number) =>
      new Gradient(made => made.createRadialGradient(x, y, 0, x, y, radius)),
    measureText: (text: string) => {
      const ruler = measuring()
      ruler.font = font.current
      return { width: ruler.measureText(text).width }
    },
    drawImage: (source: string, ...place: number[]) => {
      const loading = picture(find(id)?.__host?.asset(source) ?? source)
      pictures.push(loading)
      let loaded: HTMLImageElement | undefined
      void loading.then(image => (loaded = image))
      step(made => loaded && Reflect.apply(made.drawImage, made, [loaded, ...place]))
    },
    draw: async (reserve?: boolean, done?: () => void) => {
      const [drawing, waiting] = [steps, pictures]
      // a canvas does not draw anew when the web font's slices have come
      if (texts) waiting.push(document.fonts.load(`10px ${CHINESE}`, texts).catch(() => undefined))
      steps = []
      pictures = []
      texts = ''
      await Promise.all(waiting)
      drawOn(find(id), reserve === true, drawing)
      done?.()
    },
  }
  for (const name of SAME)
    context[name] = (...values: Values) => {
      if (name.endsWith('Text')) texts += String(values[0])
      if (name === 'save' || name === 'restore') font[name]()
      step(made => void Reflect.apply(Reflect.get(made, name) as (...all: Values) => unknown, made, values))
    }
  for (const [method, name] of Object.entries(PROPERTIES)) context[method] = (value: unknown) => set(name, value)
  for (const name of [...Object.values(PROPERTIES), ...OTHERS])
    Object.defineProperty(context, name, {
      set: value => {
        set(name, value)
      },
      get: () => undefined,
      enumerable: true,
    })
  return context
}

function drawOn(element: BuiltinElement | undefined, reserve: boolean, steps: Draw[]): void {
  const canvas = element?.querySelector('canvas')
  const context = canvas?.getContext('2d')
  if (!element || !canvas || !context) return
  const ratio = window.devicePixelRatio
  const [width, height] = [Math.round(element.clientWidth * ratio), Math.round(element.clientHeight * ratio)]
  // a new size empties the canvas, and so does the old one set again
  if (!reserve || canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  for (const draw of steps) draw(context)
}

/** A picture that cannot be loaded is left out. */
function picture(source: string): Promise<HTMLImageElement | undefined> {
  const image = new Image()
  image.src = source
  return image.decode().then(
    () => image,
    () => undefined,
  )
}
