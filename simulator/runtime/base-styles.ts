// The frame's own style sheet: the box every page lives in. Built-ins bring theirs (builtins/styles.ts).
import { FOREIGN_CSS } from '../builtins/foreign.ts'
import { BUILTIN_CSS } from '../builtins/styles.ts'

const CSS = `
html, body { margin: 0; height: 100%; overflow: hidden; }
.mp-root { position: relative; height: 100%; overflow: hidden; contain: layout; -webkit-tap-highlight-color: transparent; -webkit-font-smoothing: antialiased; }
.mp-root { font-family: -apple-system, 'PingFang SC', 'Noto Sans SC Variable', 'Noto Sans CJK SC', system-ui, sans-serif; font-size: 16px; color: #000; }
.mp-page-frame { position: absolute; inset: 0; display: flex; flex-direction: column; }
.mp-page-frame[hidden] { display: none; }
.mp-page { flex: 1; min-height: 0; overflow-x: hidden; scrollbar-width: none; }
.mp-page::-webkit-scrollbar { display: none; }
.mp-page > wx-page { display: block; min-height: 100%; }
.mp-pull-down { flex: none; height: 0; overflow: hidden; display: flex; align-items: center; justify-content: center; gap: 8px; background: #f6f6f6; }
.mp-pull-down i { width: 8px; height: 8px; border-radius: 50%; background: #999; animation: mp-dots 1s infinite alternate; }
.mp-pull-down i:nth-child(2) { animation-delay: .3s; } .mp-pull-down i:nth-child(3) { animation-delay: .6s; }
.mp-pull-down[data-style=light] i { background: #fff; }
.mp-root[data-theme=dark] .mp-pull-down { background: #191919; }
@keyframes mp-dots { to { opacity: .3; } }
`

export function baseStyles(): void {
  const style = document.createElement('style')
  style.textContent = CSS + BUILTIN_CSS + FOREIGN_CSS
  document.head.prepend(style)
}
