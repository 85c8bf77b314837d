// How a shop's name may be read aloud. One reading is likely (pinyin-pro takes words into account: 银行 is yinhang); where a character of the name
// has another one that people use in names, staff may type that: 长记 is changji to one and zhangji to another.
import { pinyin } from 'pinyin-pro'

/** Readings that occur in names of shops and places, and only those: 石 is also dan, 大 also dai, but nobody reads a shop sign that way. v stands for ü. */
const spoken = new Map(
  (
    '长chang,zhang 重chong,zhong 行hang,xing 乐le,yue 朝chao,zhao 厦sha,xia 都du,dou 单dan,shan 曾zeng,ceng 便bian,pian 调diao,tiao 参shen,can 传chuan,zhuan ' +
    '弹dan,tan 降jiang,xiang 角jiao,jue 觉jue,jiao 校xiao,jiao 卡ka,qia 咖ka,ga 蛤ge,ha 壳ke,qiao 绿lv,lu 女nv,nu 吕lv,lu 旅lv,lu 薄bo,bao 藏cang,zang 茄qie,jia ' +
    '呷xia,ga 炸zha,za 血xue,xie 六liu,lu 堡bao,bu,pu 莞guan,wan 番fan,pan 蚌bang,beng 埔pu,bu 圩xu,wei 涌yong,chong 宿su,xiu 柏bai,bo ' +
    '盛sheng,cheng 仇chou,qiu 解jie,xie 查cha,zha 盖gai,ge 种zhong,chong 露lu,lou 熟shu,shou 色se,shai 剥bo,bao 削xiao,xue 嚼jiao,jue ' +
    '拓tuo,ta 泊bo,po 栅zha,shan 粘nian,zhan 蔓man,wan 模mo,mu 仔zai,zi'
  )
    .split(' ')
    .map(entry => [entry[0]!, [...new Set(entry.slice(1).split(','))]] as const),
)

/** a name with many such characters is found by some of its readings, not by every product of them */
const most = 8

export interface Reading {
  /** full pinyin without tones or spaces: kejimianguan */
  pinyin: string
  /** first letters: kjmg */
  initials: string
}

/** @returns the likely reading of a folded text first, then others that are plausible; at most 8 */
export function readings(folded: string): Reading[] {
  const likely = pinyin(folded, { toneType: 'none', type: 'array', v: true }).map(syllable => syllable.toLowerCase())
  const characters = [...folded]
  let found: string[][] = [[]]
  for (const [index, syllable] of likely.entries()) {
    const others = (spoken.get(characters[index] ?? '') ?? []).filter(other => other !== syllable)
    // the likely ones stay in front
    const more = others.flatMap(other => found.map(before => [...before, other])).slice(0, Math.max(0, most - found.length))
    found = [...found.map(before => [...before, syllable]), ...more]
  }
  return found.map(syllables => ({ pinyin: syllables.join(''), initials: syllables.map(syllable => [...syllable][0] ?? '').join('') }))
}
