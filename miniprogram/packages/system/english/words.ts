// The English of the main package (words/index.ts), loaded when it is spoken.
import { wordsOf } from '../../../words/table'
import { errorsEn } from '../shared/errors-en'
import { common } from './common'
import { home } from './home'
import { login } from './login'
import { merchants } from './merchants'
import { mine } from './mine'
import { visits } from './visits'

/** @public read by scripts/checks/dictionaries.ts */
export const en = {
  ...errorsEn,
  ...wordsOf(common),
  ...wordsOf(home),
  ...wordsOf(login),
  ...wordsOf(merchants),
  ...wordsOf(mine),
  ...wordsOf(visits),
}
