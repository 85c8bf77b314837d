// 到店检查, 拜访记录, 待同步 and the parts of 拜访: what a person comes to see on a day in the field.
import type { Scene } from '../../scene.ts'
import { editing } from './editing.ts'
import { lists } from './lists.ts'
import { queue } from './queue.ts'
import { reading } from './reading.ts'

export const visitScenes: Scene[] = [...editing, ...lists, ...reading, ...queue]
