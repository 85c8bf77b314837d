// Default look of the built-in components, in px of a 375-wide screen as WeChat draws them, with and without "style": "v2" in app.json.
export const BUILTIN_CSS = `
wx-view, wx-form, wx-swiper, wx-navigator, wx-picker, wx-checkbox-group, wx-radio-group, wx-slider, wx-cover-view, wx-movable-area, wx-rich-text, wx-scroll-view, wx-progress { display: block; }
wx-root-portal { display: contents; }
[hidden] { display: none !important; }
wx-text { display: inline; white-space: pre-line; }
wx-view, wx-text { user-select: none; -webkit-user-select: none; }
wx-image, wx-cover-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; }
wx-cover-image { width: auto; height: auto; }
wx-image > img, wx-cover-image > img { display: block; width: 100%; height: 100%; }
wx-image > img:not([src]) { visibility: hidden; }
wx-icon { display: inline-block; text-align: center; border-radius: 50%; background: var(--icon); color: #fff; vertical-align: middle; }
wx-icon[data-type=success_no_circle], wx-icon[data-type=search], wx-icon[data-type=download] { background: none; color: var(--icon); }
wx-button { position: relative; display: block; margin-left: auto; margin-right: auto; padding-left: 14px; padding-right: 14px; box-sizing: border-box; font-size: 18px; text-align: center; line-height: 2.55555556; border-radius: 5px; overflow: hidden; color: #000; background-color: #f8f8f8; user-select: none; -webkit-user-select: none; cursor: pointer; }
wx-button::after { content: ''; position: absolute; box-sizing: border-box; top: 0; left: 0; width: 200%; height: 200%; border: 1px solid rgba(0, 0, 0, .2); border-radius: 10px; transform: scale(.5); transform-origin: 0 0; }
:where(.mp-v2) wx-button { padding: 8px 24px; font-size: 17px; font-weight: 700; line-height: 1.41176471; border-radius: 4px; color: #06ae56; background-color: #f2f2f2; }
:where(.mp-v2) wx-button:not([size=mini]) { width: 184px; }
:where(.mp-v2) wx-button::after { display: none; }
wx-button[size=mini] { display: inline-block; width: auto; padding: 0 .75em; font-size: 16px; line-height: 2; font-weight: 400; }
wx-button[type=primary] { color: #fff; background-color: #07c160; }
wx-button[type=warn] { color: #fff; background-color: #e64340; }
:where(.mp-v2) wx-button[type=warn] { color: #fa5151; background-color: #f2f2f2; }
wx-button[plain] { color: #353535; border: 1px solid #353535; background-color: transparent; }
wx-button[type=primary][plain] { color: #1aad19; border-color: #1aad19; }
wx-button[disabled] { color: rgba(0, 0, 0, .2); cursor: default; }
wx-button[disabled][type=primary] { color: rgba(255, 255, 255, .6); background-color: #9ce6bf; }
wx-button.button-hover { background-color: #d9d9d9; }
wx-button[type=primary].button-hover { background-color: #06ad56; }
wx-button[plain].button-hover { background-color: transparent; opacity: .6; }
wx-button[loading]::before { content: ''; display: inline-block; width: 18px; height: 18px; margin-right: 8px; vertical-align: -3px; box-sizing: border-box; border: 2px solid currentcolor; border-right-color: transparent; border-radius: 50%; animation: mp-turn 1s linear infinite; }
@keyframes mp-turn { to { transform: rotate(1turn); } }
.navigator-hover { background-color: rgba(0, 0, 0, .1); opacity: .7; }
wx-input, wx-textarea { display: block; overflow: hidden; position: relative; cursor: text; }
wx-input { height: 1.4em; min-height: 1.4em; line-height: 1.4em; }
wx-textarea { width: 300px; height: 150px; }
wx-input > input, wx-textarea > textarea { display: block; width: 100%; height: 100%; padding: 0; margin: 0; border: 0; outline: 0; background: none; font: inherit; color: inherit; text-align: inherit; letter-spacing: inherit; box-sizing: border-box; resize: none; opacity: 1; -webkit-text-fill-color: currentcolor; }
:where(.mp-placeholder) { color: grey; }
wx-input > input::placeholder, wx-textarea > textarea::placeholder { color: var(--placeholder-color, grey); font-size: var(--placeholder-font-size, inherit); font-weight: var(--placeholder-font-weight, inherit); opacity: 1; -webkit-text-fill-color: var(--placeholder-color, grey); }
wx-switch, wx-checkbox, wx-radio { display: inline-block; cursor: pointer; vertical-align: middle; user-select: none; }
wx-switch[type=switch]::before { content: ''; display: block; box-sizing: border-box; width: 52px; height: 32px; border-radius: 16px; border: 1px solid #dfdfdf; background: #dfdfdf; transition: background .1s; }
wx-switch[type=switch] { position: relative; }
wx-switch[type=switch]::after { content: ''; position: absolute; left: 1px; top: 1px; width: 30px; height: 30px; border-radius: 15px; background: #fff; box-shadow: 0 1px 3px rgba(0, 0, 0, .4); transition: transform .2s; }
wx-switch[type=switch][checked]::before { background: var(--choice-color, #04be02); border-color: var(--choice-color, #04be02); }
wx-switch[type=switch][checked]::after { transform: translateX(20px); }
wx-switch[disabled] { opacity: .7; }
wx-checkbox::before, wx-radio::before, wx-switch[type=checkbox]::before { content: ''; display: inline-block; box-sizing: border-box; width: 23px; height: 23px; margin-right: 5px; border: 1px solid #d1d1d1; border-radius: 3px; background: #fff; text-align: center; font-size: 18px; line-height: 21px; vertical-align: middle; color: var(--choice-color, #09bb07); }
wx-radio::before { border-radius: 50%; }
wx-checkbox[checked]::before, wx-switch[type=checkbox][checked]::before { content: '✓'; }
wx-radio[checked]::before { content: '✓'; color: #fff; background: var(--choice-color, #09bb07); border-color: var(--choice-color, #09bb07); }
wx-checkbox[disabled]::before, wx-radio[disabled]::before { background: #e1e1e1; color: #adadad; }
wx-label { display: inline; }
wx-scroll-view { width: 100%; -webkit-overflow-scrolling: touch; position: relative; }
wx-scroll-view[enable-flex] { display: flex; }
wx-scroll-view::-webkit-scrollbar { display: none; }
wx-scroll-view[refreshing]::before { content: '· · ·'; display: block; text-align: center; line-height: 45px; font-weight: 700; color: #888; }
wx-swiper { position: relative; height: 150px; overflow: hidden; }
wx-swiper-item { position: absolute; display: block; left: var(--previous, 0); right: var(--next, 0); top: 0; bottom: 0; overflow: hidden; will-change: transform; }
.mp-swiper-dots { position: absolute; z-index: 1; left: 0; right: 0; bottom: 10px; display: flex; justify-content: center; gap: 8px; pointer-events: none; }
.mp-swiper-dots i { width: 8px; height: 8px; border-radius: 50%; }
wx-progress { display: flex; align-items: center; }
.mp-progress-bar { flex: 1; overflow: hidden; } .mp-progress-bar > div { height: 100%; }
wx-progress > span:not(:empty) { margin-left: 15px; min-width: 2em; }
wx-slider { margin: 10px 18px; display: flex; align-items: center; padding: 14px 0; cursor: pointer; }
.mp-slider-track { position: relative; flex: 1; height: 2px; border-radius: 5px; }
.mp-slider-fill { height: 100%; border-radius: 5px; }
.mp-slider-block { position: absolute; top: 50%; border-radius: 50%; box-shadow: 0 0 4px rgba(0, 0, 0, .2); }
wx-slider > span:not(:empty) { margin-left: 20px; min-width: 2em; text-align: center; color: #888; }
wx-canvas { display: block; position: relative; width: 300px; height: 150px; }
wx-canvas > canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
wx-page-container { position: fixed; left: 0; right: 0; bottom: 0; display: none; background: #fff; overflow: hidden; max-height: 100%; }
wx-page-container[show] { display: block; }
wx-page-container[position=top] { top: 0; bottom: auto; } wx-page-container[position=center] { top: 50%; bottom: auto; transform: translateY(-50%); } wx-page-container[position=right] { top: 0; }
wx-page-container[round] { border-radius: 20px 20px 0 0; }
.mp-page-container-overlay { position: fixed; inset: 0; background: rgba(0, 0, 0, .5); }
wx-movable-area { position: relative; width: 10px; height: 10px; } wx-movable-view { position: absolute; display: block; left: 0; top: 0; width: 10px; height: 10px; }
.mp-picker-wheels { display: flex; height: 238px; background: #fff; color: #000; }
wx-picker-view { position: relative; display: flex; overflow: hidden; height: 200px; }
wx-picker-view-column { flex: 1; height: 100%; overflow-y: auto; scrollbar-width: none; padding: var(--room, 83px) 0; box-sizing: border-box; overscroll-behavior: contain; }
wx-picker-view-column::-webkit-scrollbar, .mp-wheel::-webkit-scrollbar { display: none; }
wx-picker-view-column > * { height: var(--item, 34px) !important; box-sizing: border-box; overflow: hidden; }
.mp-indicator { position: absolute; z-index: 2; left: 0; right: 0; top: 50%; height: 34px; transform: translateY(-50%); border: solid #e5e5e5; border-width: 1px 0; box-sizing: border-box; pointer-events: none; }
.mp-picker-mask { position: absolute; z-index: 1; inset: 0; pointer-events: none; background: linear-gradient(rgba(255, 255, 255, .95), rgba(255, 255, 255, .6)) top / 100% calc(50% - 17px) no-repeat, linear-gradient(rgba(255, 255, 255, .6), rgba(255, 255, 255, .95)) bottom / 100% calc(50% - 17px) no-repeat; }
.mp-root[data-theme=dark] .mp-picker-mask { background-image: linear-gradient(rgba(25, 25, 25, .95), rgba(25, 25, 25, .6)), linear-gradient(rgba(25, 25, 25, .6), rgba(25, 25, 25, .95)); }
.mp-picker { position: fixed; z-index: 9000; inset: 0; display: flex; flex-direction: column; justify-content: flex-end; background: rgba(0, 0, 0, .5); }
.mp-picker-bar { display: flex; justify-content: space-between; align-items: center; padding: 12px 16px; background: #fff; border-radius: 12px 12px 0 0; }
.mp-picker-bar button { border: 0; background: none; font: inherit; color: #576b95; padding: 4px 8px; } .mp-picker-bar button:last-child { color: #07c160; font-weight: 700; }
.mp-wheel { flex: 1; min-width: 0; overflow-y: auto; padding: 102px 0; box-sizing: border-box; text-align: center; scrollbar-width: none; overscroll-behavior: contain; mask-image: linear-gradient(rgba(0, 0, 0, .2), #000 43%, #000 57%, rgba(0, 0, 0, .2)); }
.mp-wheel > div { height: 34px; line-height: 34px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mp-root[data-theme=dark] .mp-picker-bar, .mp-root[data-theme=dark] .mp-picker-wheels { background: #2c2c2c; color: #ddd; }
:focus { outline: 0; } :focus-visible { outline: 2px solid #576b95; outline-offset: -2px; }
wx-input :focus-visible, wx-textarea :focus-visible { outline: 0; }
`
