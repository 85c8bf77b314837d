// What the overlays are made of: their styles, which stand in a shadow root, and a short way to make elements.

export const STYLE = `
:host { position: fixed; inset: 0; z-index: 2147483000; pointer-events: none; font: 15px/1.5 var(--simulator-font, system-ui); }
* { box-sizing: border-box; }
.mask { position: absolute; inset: 0; background: rgba(0,0,0,.5); pointer-events: auto; display: flex; align-items: center; justify-content: center; }
.mask.sheet { align-items: flex-end; }
.clear { background: transparent; }
.toast { max-width: 70%; padding: 14px 18px; border-radius: 12px; background: rgba(44,44,44,.94); color: #fff; text-align: center; white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: none; }
.toast.icon { min-width: 132px; padding-top: 20px; }
.toast b { display: block; font-size: 34px; line-height: 1.1; font-weight: 400; margin-bottom: 8px; }
.toast img { display: block; width: 44px; height: 44px; margin: 0 auto 8px; }
.ring { width: 34px; height: 34px; margin: 2px auto 10px; border: 3px solid rgba(255,255,255,.3); border-top-color: #fff; border-radius: 50%; animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
.modal { width: 300px; max-height: 80%; overflow: auto; border-radius: 12px; background: var(--sheet); color: var(--sheet-ink); text-align: center; }
.modal h3 { margin: 24px 20px 0; font-size: 17px; font-weight: 600; }
.modal p { margin: 12px 20px 22px; color: var(--sheet-ink-2); white-space: pre-wrap; overflow-wrap: anywhere; }
.modal input { width: calc(100% - 40px); margin: 0 20px 20px; padding: 8px 10px; font: inherit; border: 1px solid var(--sheet-line); border-radius: 6px; background: transparent; color: inherit; }
.buttons { display: flex; border-top: 1px solid var(--sheet-line); }
button { flex: 1; min-height: 50px; font: inherit; font-size: 17px; border: 0; background: none; color: var(--sheet-ink); cursor: pointer; }
button + button { border-left: 1px solid var(--sheet-line); }
button:focus-visible { outline: 2px solid #576b95; outline-offset: -3px; }
.actions { width: 100%; border-radius: 12px 12px 0 0; overflow: hidden; background: var(--sheet); color: var(--sheet-ink); text-align: center; padding-bottom: var(--safe-area-inset-bottom, 0px); }
.actions small { display: block; padding: 14px; color: var(--sheet-ink-2); }
.actions button { display: block; width: 100%; border-left: 0; border-top: 1px solid var(--sheet-line); }
.actions button.cancel { border-top: 8px solid var(--sheet-gap); }
.viewer { position: absolute; inset: 0; overflow: hidden; background: #000; color: #fff; pointer-events: auto; touch-action: none; cursor: pointer; user-select: none; }
.viewer .strip { position: absolute; inset: 0; transition: transform .25s ease-out; }
.viewer .strip.held { transition: none; }
.viewer figure { position: absolute; inset: 0; margin: 0; display: flex; align-items: center; justify-content: center; }
.viewer img { max-width: 100%; max-height: 100%; object-fit: contain; pointer-events: none; }
.viewer figcaption { padding: 24px; color: #c9c5bb; text-align: center; overflow-wrap: anywhere; }
.viewer .count { position: absolute; top: 12px; left: 0; right: 0; text-align: center; pointer-events: none; }
`

export const LIGHT = '--sheet:#fff;--sheet-ink:#1d1b16;--sheet-ink-2:#69645a;--sheet-line:#e6e3db;--sheet-gap:#f5f4f0;--sheet-link:#576b95'
export const DARK =
  '--sheet:#2c2c2c;--sheet-ink:#f3f0e9;--sheet-ink-2:#b8b2a6;--sheet-line:#3d3b37;--sheet-gap:#1c1a16;--sheet-link:#9fb3d6'

type Attributes = { class?: string; text?: string; color?: string }

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (attributes.class) made.className = attributes.class
  if (attributes.text !== undefined) made.textContent = attributes.text
  if (attributes.color) made.style.color = attributes.color
  made.append(...children)
  return made
}
