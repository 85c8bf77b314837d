// For whoever says words: the language and the words that are everywhere.
import './words'

export { addChinese, addTable, languageOfSystem, section, translator, words } from './speak'
