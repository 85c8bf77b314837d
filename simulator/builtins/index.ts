// Registers WeChat's built-in components with the app's component space.
import type * as glassEasel from 'glass-easel'
import { button } from './button.ts'
import { canvas } from './canvas.ts'
import { checkbox, checkboxGroup, label, radio, radioGroup, switchControl } from './choices.ts'
import { movableArea, movableView, pageContainer, rootPortal } from './containers.ts'
import { defineBuiltin, type Builtin } from './define.ts'
import { form } from './form.ts'
import { icon } from './icon.ts'
import { coverImage, image } from './image.ts'
import { input, textarea } from './input.ts'
import { navigator } from './navigator.ts'
import { picker } from './picker.ts'
import { pickerView, pickerViewColumn } from './picker-view.ts'
import { progress, slider } from './progress.ts'
import { richText } from './rich-text.ts'
import { scrollView } from './scroll-view.ts'
import { swiper, swiperItem } from './swiper.ts'
import { text } from './text.ts'
import { coverView, view } from './view.ts'

const ALL: Builtin[] = [
  view,
  coverView,
  text,
  image,
  coverImage,
  icon,
  button,
  input,
  textarea,
  switchControl,
  checkbox,
  checkboxGroup,
  radio,
  radioGroup,
  label,
  form,
  picker,
  pickerView,
  pickerViewColumn,
  slider,
  progress,
  scrollView,
  swiper,
  swiperItem,
  navigator,
  canvas,
  richText,
  pageContainer,
  rootPortal,
  movableArea,
  movableView,
]

/** @param assets images of the project by path, as data URLs */
export function registerBuiltins(space: glassEasel.ComponentSpace, assets: Record<string, string>): void {
  for (const builtin of ALL) defineBuiltin(space, builtin, assets)
}
