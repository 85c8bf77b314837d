// Of Vant's components only what ours ask for is packed: kinds, sizes, slots and dialogs of WeChat's that nobody uses weighed as much as the rest.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate, parse, walk, type CssNode } from 'css-tree'
import { transformSync } from 'esbuild'
import { minify } from 'terser'
import { nodes, parseScript, type TreeNode } from './checks/floor/syntax-tree.ts'

/** Glyphs that Vant's search box and field draw by themselves; every other one is drawn by app-icon. */
const VANT_GLYPHS = ['clear', 'search']

/**
 * Classes of the components that stand in the main package which our own components never ask for: kinds and sizes of a button, a spinner of dots, a
 * field of several lines. Whoever begins to use one takes it out of here.
 */
const NEVER_DRAWN: Record<string, RegExp> = {
  button: /^van-button(--(info|danger|warning|plain|large|small|mini|round|square|hairline)|__icon)$/,
  cell: /^van-cell(--(large|required|clickable|center)|-group|__label|__right-icon.*)$/,
  field:
    /^van-field__(body--textarea|control--(textarea|error|disabled|center|right)|placeholder--error|label--disabled|error-message.*|word-.*|button|icon-container)$/,
  icon: /^van-icon(--(image|custom)|__(image|info))$/,
  loading: /^van-loading(__dot|__text|__spinner--spinner|--vertical)$/,
  switch: /^van-switch(__loading|--disabled)$/,
  search: /^van-search(__label|__action.*|--withaction|__content--round)$/,
}

function mentions(selector: CssNode, never: RegExp): boolean {
  let found = false
  walk(selector, node => {
    found ||= node.type === 'ClassSelector' && never.test(node.name)
  })
  return found
}

/** A style sheet without the selectors that mention such a class, and without the rules that are left without one. */
function withoutClasses(css: string, never: RegExp): string {
  const sheet = parse(css)
  walk(sheet, {
    visit: 'Rule',
    enter(rule, item, list) {
      if (rule.prelude.type !== 'SelectorList') return
      const { children } = rule.prelude
      children.forEach((selector, at) => mentions(selector, never) && children.remove(at))
      if (children.isEmpty) list.remove(item)
    },
  })
  return generate(sheet)
}

/**
 * What WXML of those components sets or draws and nobody of ours uses: attributes that have their default without it, elements behind a `wx:if` that is never
 * true, slots that nobody fills. A part that is not found stops the packing: Vant has changed, and this list with it.
 */
const NEVER_SET: Record<string, RegExp[]> = {
  'button/index.wxml': [
    /\s(lang|form-type|business-id|session-from|send-message-\w+|show-message-card|app-parameter)="[^"]*"/g,
    /\sbind(getuserinfo|contact|getphonenumber|getrealtimephonenumber|error|launchapp|opensetting|chooseavatar|tap)="[^"]*"/g,
    /<van-icon\s+wx:if="{{ icon }}"[^>]*\/>/,
    /<wxs src="\.\/index[^>]*>/,
    /\s(id|data-detail|style|type)="[^"]*"/g,
    / {{ hairline [^}]*}}/,
    /(?<=block, )round, plain, square, |hairline, /g,
    / \|\| \(canIUse[^)]*\)/,
    / hover-class(?=')/,
  ],
  'cell/index.wxml': [
    /\s(hover-class|hover-stay-time|bind:tap)="[^"]*"/g,
    /<block wx:if="{{ (title|value \|\| value === 0) }}">.*<\/block>/g,
    /<view wx:if="{{ label [^]*?<\/view>/,
    /<slot wx:else name="icon" \/>/,
    /(?<=<slot) wx:else(?=( name="title")? \/>)/g,
    /<van-icon\s+wx:if="{{ isLink }}"[^>]*\/>\s*<slot wx:else name="right-icon" \/>\s*<slot name="extra" \/>/,
    /\[size, |center, required, |, clickable: isLink \|\| clickable|(?<=})\](?=\))/g,
  ],
  'field/index.wxml': [
    /<wxs src="\.\/index[^>]*>/,
    /<label [^>]*wx:if="{{ (showWordLimit|errorMessage)[^]*?<\/label>/g,
    /\s(size|center|is-link|required|clickable|arrow-direction)="[^"]*"/g,
    /<slot name="left-icon" slot="icon" \/>|<slot wx:else name="label" slot="title" \/>|<slot name="input" \/>/g,
    /<view class="van-field__icon-container"[^]*?<\/view>\s*<view class="van-field__button">[^]*?<\/view>/,
    /(?<='field__label'), { disabled }|(?<='field__body'), \[type\]|inputAlign, (?='custom')/g,
    /\sfor="[^"]*"|\sbindtap="onClickInput"/g,
  ],
  'field/input.wxml': [
    /\s(auto-focus|cursor|confirm-hold|hold-keyboard|adjust-position|selection-end|selection-start|always-embed|password|id|disabled)="[^"]*"/g,
    /\s(placeholder-style|bind(keyboardheightchange|nicknamereview|tap))="[^"]*"/g,
    /, \[inputAlign, { disabled, error }\]|, { error }/g,
  ],
  'icon/index.wxml': [/<wxs[^>]*>/, /<(van-info|image)[^>]*\/>/g, /\s(style|bindtap)="[^"]*"/g],
  'loading/index.wxml': [
    /<wxs src="\.\/index[^>]*>/,
    /<view\s+wx:if="{{ type === 'spinner'[^]*?\/>/,
    /<view class="van-loading__text"[^]*?<\/view>/,
    /, { vertical }/,
  ],
  'search/index.wxml': [
    /<view\s+wx:if="{{ showAction \|\| useActionSlot }}"[^]*?<\/view>\s*<\/view>(?=\s*<\/view>\s*$)/g,
    /<view class="van-search__label"[^]*?<\/view>\s*<slot wx:else name="label" \/>/g,
    /<slot wx:if="{{ use(Left|Right)IconSlot }}"[^>]*\/>/g,
    /\s(right-icon|error|disabled|readonly|input-align|placeholder-style|clear-icon|bind:click-input)="[^"]*"/g,
    /, { withaction: [^}]*}/,
  ],
  'switch/index.wxml': [/<wxs src="\.\/index[^>]*>/, /<van-loading[^>]*\/>/, /\sbind:tap="[^"]*"/, /(?<=activeValue), disabled/],
}

/** What stands in WXML or a script of theirs → what is left of it for us. */
const INSTEAD: Record<string, [from: string | RegExp, to: string][]> = {
  'button/index.wxml': [[/computed\.loadingColor\([^)]*\)/, "type === 'default' ? '#c9c9c9' : '#fff'"]],
  'cell/index.wxml': [
    [
      /computed\.titleStyle\([^)]*\)/,
      "titleWidth ? 'max-width:' + titleWidth + ';min-width:' + titleWidth + ';' + titleStyle : titleStyle",
    ],
    [/<wxs src="\.\/index[^>]*>/, ''],
  ],
  'icon/index.wxml': [[/{{ computed\.rootClass[^]*?}\) }}/, 'custom-class van-icon van-icon-{{ name }}']],
  'loading/index.wxml': [[/{{ computed\.spinnerStyle[^]*?}\) }}/, 'color:{{ color }};width:{{ size }};height:{{ size }}']],
  'search/index.wxml': [["{{ !useLeftIconSlot ? leftIcon : '' }}", '{{ leftIcon }}']],
  'switch/index.wxml': [[/{{ computed\.rootStyle[^]*?}\) }}/, 'font-size:{{ size }}px']],
  'wxs/utils.wxs': [[/^[^]*$/, "module.exports = { bem: require('./bem.wxs') };"]],
  // what base libraries below our floor lacked (scripts/checks/floor)
  'search/index.js': [[/if \(.*canIUseModel\)\(\)\)/, '']],
  'field/index.js': [[/\(0, utils_\d\.nextTick\)/, 'wx.nextTick']],
  'button/index.js': [[/^if [^]*?canIUseFormFieldButton[^]*?^}$/m, '']],
}

/** Scripts that only those parts asked for. */
const NEVER_RUN = [
  ...['button', 'cell', 'field', 'icon', 'loading', 'switch'].map(name => `${name}/index.wxs`),
  ...['version', 'utils', 'validator', 'color'].map(name => `common/${name}.js`),
  ...['link', 'page-scroll', 'touch', 'transition'].map(name => `mixins/${name}.js`),
  'wxs/style.wxs',
  'wxs/add-unit.wxs',
  'wxs/memoize.wxs',
  'field/textarea.wxml',
]

/** Properties, methods and data of their scripts that only what NEVER_SET names would use. */
const NEVER_ASKED: Record<string, RegExp> = {
  'mixins/button.js':
    /^(id|buttonId|lang|businessId|sessionFrom|sendMessage\w+|showMessageCard|appParameter|canIUseGetUserProfile|getUserProfileDesc|onGetUserInfo|onContact|onGetPhoneNumber|onGetRealTimePhoneNumber|onError|onLaunchApp|onOpenSetting|onChooseAvatar)$/,
  'button/index.js': /^(formType|icon|classPrefix|plain|round|square|hairline|dataset|customStyle|loadingType|color|baseStyle|onClick)$/,
  'cell/index.js': /^(title|size|label|center|isLink|required|clickable|arrowDirection|useLabelSlot|mixins|methods)$/,
  'field/index.js':
    /^(size|icon|error|center|isLink|required|iconClass|clickable|inputAlign|arrowDirection|rightIcon|extraEventParams|autosize|showWordLimit|errorMessage|errorMessageAlign|onLineChange|onKeyboardHeightChange|onBindNicknameReview|onClickIcon|onClickInput|setValue|noop)$/,
  'field/props.js':
    /^(autoFocus|cursor|confirmHold|holdKeyboard|adjustPosition|selectionEnd|selectionStart|alwaysEmbed|password|autoHeight|fixed|showConfirmBar|disableDefaultPadding|placeholderStyle|disabled)$/,
  'icon/index.js': /^(classes|dot|info|size|color|customStyle|classPrefix|methods)$/,
  'loading/index.js': /^(vertical|textSize|data)$/,
  'search/index.js':
    /^(label|showAction|actionText|use(Action|LeftIcon|RightIcon)Slot|error|disabled|readonly|inputAlign|rightIcon|placeholderStyle|clearIcon|onCancel|onClickInput)$/,
  'switch/index.js': /^(loading|disabled|activeColor|inactiveColor|inactiveValue|methods)$/,
}

/** A script without the properties of its objects that have such a name. */
function withoutProperties(script: string, never: RegExp): string {
  const cuts = [...nodes(parseScript(script, 'latest'))]
    .map(({ node }) => node)
    .filter(({ type, key }) => type === 'Property' && never.test(String((key as TreeNode)['name'])))
  return cuts.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''), script)
}

/** The components of Vant that ours are made of, and that these are made of; the folders of the others go. Whoever begins to use one adds it. */
const DRAWN = ['button', 'cell', 'field', 'icon', 'loading', 'search', 'switch']

/** Scripts without what they export and none of them takes, and without the functions that are left unused. */
async function withoutUnused(folder: string): Promise<void> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(name => name.endsWith('.js')).map(name => join(folder, name))
  const taken = new Set(files.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/\b\w+_\d\.(\w+)/g)].map(([, name]) => name!)))
  const unless = (text: string, name: string) => (name === '__esModule' || taken.has(name) ? text : '')
  for (const file of files) {
    const kept = readFileSync(file, 'utf8')
      .replace(/^exports\.[^;]*= void 0;$/m, '')
      .replace(/^exports\.(\w+) = .*;$/gm, unless)
      .replace(/^Object\.defineProperty\(exports, "(\w+)", [^]*?\}\);$/gm, unless)
    const { code } = await minify(kept, {
      toplevel: true,
      mangle: false,
      compress: { defaults: false, unused: true, dead_code: true, side_effects: true },
      format: { beautify: true },
    })
    writeFileSync(file, code!)
  }
}

const change = (file: string, how: (text: string) => string) => writeFileSync(file, how(readFileSync(file, 'utf8')))

/** @throws Error where Vant has no such part */
const without = (file: string, text: string, part: string | RegExp, put: string): string => {
  const left = text.replace(part, put)
  if (left === text) throw new Error(`@vant/weapp ${file} has no ${part}: scripts/trim-vant.ts is for another version`)
  return left
}

/**
 * Vant's icon names 257 glyphs in the main package and fetches its font from a CDN (the app has the font inline: styles/icon-font.wxss), its scripts in WXML
 * are not made small by WeChat's tools, and its styles have every kind of a component.
 *
 * @param vant folder of the copy that is packed
 */
export async function trimVant(vant: string): Promise<void> {
  for (const name of readdirSync(vant))
    if (![...DRAWN, 'common', 'mixins', 'wxs'].includes(name)) rmSync(join(vant, name), { recursive: true })
  change(join(vant, 'icon', 'index.wxss'), css =>
    css
      .replace(/@font-face\{[^}]*\}/g, '')
      .replace(/\.van-icon-([\w-]+):before\{[^}]*\}/g, (rule, name: string) => (VANT_GLYPHS.includes(name) ? rule : '')),
  )
  change(join(vant, 'icon', 'index.json'), json => json.replace(/,?\s*"van-info": "[^"]*"/, ''))
  change(join(vant, 'switch', 'index.json'), json => json.replace(/"van-loading": "[^"]*"/, ''))
  change(join(vant, 'button', 'index.json'), json => json.replace(/"van-icon": "[^"]*",/, ''))
  // no field here has several lines
  change(join(vant, 'field', 'index.wxml'), wxml =>
    wxml.replace(/<include wx:if="[^"]*" src="\.\/textarea\.wxml" \/>\s*<include wx:else/, '<include'),
  )
  for (const file of NEVER_RUN) rmSync(join(vant, file))
  for (const [file, parts] of Object.entries(INSTEAD))
    change(join(vant, file), text => parts.reduce((left, [part, put]) => without(file, left, part, put), text))
  for (const [file, parts] of Object.entries(NEVER_SET))
    change(join(vant, file), wxml => parts.reduce((left, part) => without(file, left, part, ''), wxml))
  for (const [file, never] of Object.entries(NEVER_ASKED)) change(join(vant, file), script => withoutProperties(script, never))
  for (const name of readdirSync(vant, { recursive: true }) as string[])
    if (name.endsWith('.js'))
      change(join(vant, name), script => script.replace(/^var \w+ = require\("[^"]*\/(version|utils|link)"\);$/gm, ''))
  // twice: what a function that is gone took, nobody may take any more
  for (let time = 0; time < 2; time++) await withoutUnused(vant)
  for (const [component, never] of Object.entries(NEVER_DRAWN))
    change(join(vant, component, 'index.wxss'), css => withoutClasses(css, never))
  // nothing of what they all import is left
  for (const component of DRAWN)
    change(join(vant, component, 'index.wxss'), css => css.replace(/@import (["'])\.\.\/common\/index\.wxss\1;/, ''))
  rmSync(join(vant, 'common', 'index.wxss'))
  for (const name of readdirSync(vant, { recursive: true }) as string[])
    if (name.endsWith('.wxs'))
      change(
        join(vant, name),
        script => transformSync(script, { minifyWhitespace: true, minifyIdentifiers: true, target: 'es5', charset: 'utf8' }).code,
      )
}
