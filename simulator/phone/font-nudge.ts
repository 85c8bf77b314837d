// On a machine without a Chinese font Chromium keeps text invisible that it shaped before the web font's slice had come, until the text's font changes.
// So it changes when slices have come: by a feature that no font has. As a rule for every element, because the shorthand `font` undoes an inherited one.

export function nudgeFonts(): void {
  const style = document.createElement('style')
  document.head.append(style)
  let times = 0
  document.fonts.addEventListener('loadingdone', () => {
    style.textContent = `* { font-feature-settings: "sl${String(++times % 100).padStart(2, '0')}"; }`
  })
}
