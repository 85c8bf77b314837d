// The built-in components, their attributes, and those that WeChat has and this simulator does not play: using one of the latter is a build error,
// because the page would behave differently on a phone. Names as in the component reference of developers.weixin.qq.com.

export interface BuiltinAttributes {
  attributes: ReadonlySet<string>
  /** known to WeChat, refused here by name */
  lacking: ReadonlySet<string>
}

const words = (text: string) => new Set(text.split(/\s+/).filter(Boolean))
const tag = (attributes = '', lacking = ''): BuiltinAttributes => ({ attributes: words(attributes), lacking: words(lacking) })
const HOVER = 'hover-class hover-stop-propagation hover-start-time hover-stay-time'
const OPEN_DATA =
  'lang session-from send-message-title send-message-path send-message-img app-parameter show-message-card phone-number-no-quota-toast'

export const BUILTINS: Record<string, BuiltinAttributes> = {
  view: tag(HOVER),
  text: tag('selectable user-select space decode', 'overflow max-lines'),
  image: tag('src mode lazy-load', 'webp show-menu-by-longpress fade-in'),
  icon: tag('type size color'),
  button: tag(
    `size type plain disabled loading form-type open-type hover-class hover-stop-propagation hover-start-time hover-stay-time ${OPEN_DATA}`,
    'entry-data-path',
  ),
  input: tag(
    'value type password placeholder placeholder-style placeholder-class disabled maxlength cursor-spacing focus auto-focus confirm-type always-embed confirm-hold cursor cursor-color selection-start selection-end adjust-position hold-keyboard auto-fill name always-system safe-password-cert-path',
    'safe-password-length safe-password-time-stamp safe-password-nonce safe-password-salt safe-password-custom-hash',
  ),
  textarea: tag(
    'value placeholder placeholder-style placeholder-class disabled maxlength auto-focus focus auto-height fixed cursor-spacing cursor selection-start selection-end show-confirm-bar adjust-position hold-keyboard disable-default-padding confirm-type confirm-hold adjust-keyboard-to name always-system',
  ),
  switch: tag('checked disabled type color name'),
  checkbox: tag('value disabled checked color'),
  'checkbox-group': tag('name'),
  radio: tag('value checked disabled color'),
  'radio-group': tag('name'),
  label: tag('for'),
  form: tag('report-submit report-submit-timeout'),
  picker: tag('header-text mode disabled range range-key value start end fields custom-item level name'),
  'picker-view': tag('value indicator-style indicator-class mask-style mask-class immediate-change'),
  'picker-view-column': tag(),
  slider: tag(
    'min max step disabled value color selected-color activeColor backgroundColor block-size block-color show-value name active-color background-color',
  ),
  progress: tag(
    'percent show-info border-radius font-size stroke-width color activeColor backgroundColor active active-mode duration active-color background-color',
  ),
  'scroll-view': tag(
    'scroll-x scroll-y upper-threshold lower-threshold scroll-top scroll-left scroll-into-view scroll-with-animation enable-back-to-top enable-passive refresher-enabled refresher-threshold refresher-default-style refresher-background refresher-triggered bounces show-scrollbar paging-enabled fast-deceleration enhanced scroll-anchoring enable-flex',
    'type associative-container reverse clip cache-extent using-sticky refresher-two-level-enabled scroll-into-view-within-extent scroll-into-view-alignment worklet:onscrollstart padding',
  ),
  swiper: tag(
    'indicator-dots indicator-color indicator-active-color autoplay current interval duration circular vertical previous-margin next-margin easing-function',
    'display-multiple-items snap-to-edge scroll-with-animation cache-extent layout-type',
  ),
  'swiper-item': tag('item-id skip-hidden-item-layout'),
  navigator: tag(
    'url open-type delta hover-class hover-stop-propagation hover-start-time hover-stay-time target',
    'app-id path extra-data version short-link',
  ),
  canvas: tag('type canvas-id disable-scroll'),
  'cover-view': tag('scroll-top'),
  'cover-image': tag('src', 'referrer-policy'),
  'rich-text': tag('nodes space user-select', 'mode'),
  'page-container': tag('show duration z-index overlay position round close-on-slide-down overlay-style custom-style'),
  'root-portal': tag('enable'),
  'movable-area': tag('', 'scale-area'),
  'movable-view': tag('direction x y disabled', 'inertia out-of-bounds damping friction scale scale-min scale-max scale-value animation'),
}

/** Attributes of every tag, besides data-*, mark:*, aria-*, generic:*, wx:*, change:* and event bindings. */
export const COMMON_ATTRIBUTES = words('id class style hidden slot animation role is')

/** Tags that the template compiler itself understands. */
export const STRUCTURAL_TAGS = words('block template import include wxs slot')

/** Built-in components of WeChat that are not played here. */
export const LACKING_TAGS = words(
  'video audio camera map live-player live-pusher web-view ad ad-custom official-account open-data editor keyboard-accessory match-media functional-page-navigator voip-room channel-live channel-video grid-view list-view sticky-header sticky-section snapshot span share-element page-meta navigation-bar draggable-sheet double-tap-gesture-handler tap-gesture-handler pan-gesture-handler selection store-home store-product open-data-list open-data-item',
)
