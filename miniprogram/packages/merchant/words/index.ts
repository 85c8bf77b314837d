// The words of this package join those of the app when its code is loaded.
import { addWords } from '../../../words/index'
import { en } from './en'
import { zhCN } from './zh-CN'

addWords({ 'zh-CN': zhCN, en })
