// Whoever imports this speaks English as an app does that has loaded it.
import { en } from '../../../miniprogram/packages/system/english/words.ts'
import { addEnglish } from '../../../miniprogram/words/speak.ts'

addEnglish(en)
