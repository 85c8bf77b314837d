// Asks for the new version. What may wait is asked on a tab page only, where nobody is in the middle of a form; what the server insists on at once, for
// nothing works without it. Forms lie in the storage: they are there after the restart.
import { reaction } from 'mobx-miniprogram'
import { stores } from '../stores/index'
import { askPerson, tellPerson } from './telling'

const stops = new WeakMap<object, () => void>()

function ask(isTab: boolean): void {
  const { preferences, update } = stores
  const { question } = update
  if (question === null || (question === 'ready' && !isTab)) return
  update.wasAsked(question)
  if (question === 'awaited') void tellPerson(preferences.say('update.awaited'))
  else void askPerson(preferences.say(`update.${question}`)).then(yes => yes && update.apply())
}

/** For every page. @param isTab whether nobody is disturbed there */
export const updatePrompt = (isTab: boolean) =>
  Behavior({
    pageLifetimes: {
      show() {
        stops.get(this)?.()
        stops.set(
          this,
          reaction(
            () => stores.update.question,
            () => ask(isTab),
            { fireImmediately: true },
          ),
        )
      },
      hide() {
        stops.get(this)?.()
        stops.delete(this)
      },
    },
    lifetimes: {
      detached() {
        stops.get(this)?.()
        stops.delete(this)
      },
    },
  })
