import { describeGallery } from './describe.ts'
import { WEUI } from './weui.ts'

describeGallery(WEUI)
