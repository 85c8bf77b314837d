// Default look of the built-in components, in px of a 375-wide screen as WeChat draws them.
export const BUILTIN_CSS = `
wx-view, wx-form, wx-swiper, wx-scroll-view, wx-navigator, wx-picker, wx-checkbox-group, wx-radio-group, wx-slider, wx-cover-view, wx-movable-area, wx-rich-text, wx-page-container { display: block; }
[hidden] { display: none !important; }
wx-text { display: inline; white-space: pre-line; user-select: none; }
`
