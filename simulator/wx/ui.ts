// What the app asks WeChat to draw over its pages: toast, loading, modal, action sheet.
import { methods, say, WxFailure, type Phone, type WxMethods } from './core.ts'

const TOAST_DURATION = 1_500

export function ui(phone: Phone): WxMethods {
  const { overlays, files } = phone
  return methods({
    showToast: ({ title, icon, image, duration, mask }) => {
      const drawn = typeof image === 'string' ? files.drawable(image) : undefined
      overlays.toast({
        title: String(title ?? ''),
        icon: String(icon ?? 'success'),
        mask: mask === true,
        duration: typeof duration === 'number' ? duration : TOAST_DURATION,
        ...(drawn === undefined ? {} : { image: drawn }),
      })
    },
    hideToast: () => overlays.hideToast(),
    showLoading: ({ title, mask }) => overlays.toast({ title: String(title ?? ''), icon: 'loading', mask: mask === true }),
    hideLoading: () => overlays.hideToast(),

    showModal: async options => {
      const { title = '', content = '', showCancel = true, cancelText = '取消', confirmText = '确定', editable = false } = options
      for (const [name, label] of Object.entries({ cancelText, confirmText }))
        if (String(label).length > 4) throw new WxFailure(`${name} length should not larger than 4 Chinese characters`)
      const given = await overlays.ask({
        title: String(title),
        content: editable === true ? '' : String(content),
        confirm: { text: String(confirmText), ...(typeof options.confirmColor === 'string' ? { color: options.confirmColor } : {}) },
        ...(showCancel === false
          ? {}
          : { cancel: { text: String(cancelText), ...(typeof options.cancelColor === 'string' ? { color: options.cancelColor } : {}) } }),
        ...(editable === true ? { input: { value: String(content), placeholder: String(options.placeholderText ?? '') } } : {}),
      })
      return { confirm: given !== undefined, cancel: given === undefined, content: given === undefined || editable !== true ? null : given }
    },

    showActionSheet: async ({ itemList, itemColor, alertText }) => {
      if (!Array.isArray(itemList) || itemList.length === 0) throw new WxFailure('parameter error: itemList should have at least one item')
      if (itemList.length > 6) throw new WxFailure('parameter error: itemList should not be larger than 6 items')
      const tapIndex = await overlays.choose({
        items: itemList.map(String),
        cancelText: say(phone, '取消', 'Cancel'),
        ...(typeof itemColor === 'string' ? { color: itemColor } : {}),
        ...(typeof alertText === 'string' ? { alert: alertText } : {}),
      })
      if (tapIndex === undefined) throw new WxFailure('cancel')
      return { tapIndex }
    },
  })
}
