// What is shown where the server could not be reached for a newer answer, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  age: {
    fact: ['没有更新', 'Not updated'],
    text: ['没连上服务器，下面是 {time} 读到的。', 'The server was not reached. This was read {time}.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
