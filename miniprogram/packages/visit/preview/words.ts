// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    checklist_preview: ['检查表预览', 'Checklist preview'],
  },
  preview: {
    banner: ['业务员看到的样子', 'As an agent sees it'],
    banner_text: ['可以点一点，看条件怎么变。这里的回答不保存。', 'Try answers to see the conditions follow. Nothing here is kept.'],
    no_photo: ['预览里不拍照', 'No photos in the preview'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
