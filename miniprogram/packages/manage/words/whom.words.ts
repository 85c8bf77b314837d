// Whom to ask about a page of the desk that one's role does not open, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  whom: {
    sentence: [
      '这一页给管理的同事用。有事要办，把要办的事告诉管理员。',
      'This page is for those who manage. Tell an administrator what you need done.',
    ],
    contact: ['联系管理员', 'Ask an administrator'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
