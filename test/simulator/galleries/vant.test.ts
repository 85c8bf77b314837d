import { VANT } from './vant.ts'
import { describeGallery } from './describe.ts'

describeGallery(VANT)
