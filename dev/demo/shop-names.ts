// Plausible names of shops: brand + category + (branch). The vocabulary is wide on purpose, so that searching the demo data feels like searching a
// real directory. All of them are made up; a name that a real shop also has is chance.
import type { Random } from './random.ts'

/** code = IndustryType of WeChat Pay, weight = share of the crowd, categories = what the sign says after the brand */
interface Trade {
  industry: string
  weight: number
  categories: string
}

const trades: readonly Trade[] = [
  {
    industry: 'CATERING',
    weight: 40,
    categories:
      '面馆 牛肉面 肠粉店 砂锅粥 火锅 小火锅 串串香 烧腊饭 煲仔饭 猪脚饭 酸菜鱼 烤鱼 烧烤 小龙虾 麻辣烫 麻辣香锅 螺蛳粉 桂林米粉 过桥米线 兰州拉面 刀削面 重庆小面 饺子馆 包子铺 馄饨店 早餐店 ' +
      '豆浆铺 煎饼 茶餐厅 私房菜 农家菜 海鲜大排档 椰子鸡 潮汕牛肉火锅 湘菜馆 川菜馆 粤菜馆 东北菜馆 淮扬菜 素食馆 轻食 汉堡店 披萨店 炸鸡店 寿司店 拉面屋 烤肉店 韩式料理 咖啡 咖啡馆 奶茶 茶饮 糖水铺 甜品店 冰室 ' +
      '酒馆 精酿啤酒屋 生煎 锅盔 肉夹馍 羊肉泡馍 胡辣汤 凉皮 卤味 鸭脖 烤鸭店 盐焗鸡 瓦罐汤 快餐店 自选餐厅 大碗菜',
  },
  {
    industry: 'RETAIL',
    weight: 18,
    categories:
      '便利店 超市 生活超市 百货店 水果店 鲜果 果蔬店 生鲜超市 烟酒店 名酒行 零食铺 母婴生活馆 文具店 书报亭 五金店 日用百货 杂货铺 饰品店 花店 鲜花 礼品店 玩具店 渔具店 宠物用品店 粮油店 土特产店 干货行 折扣店 茶叶店 茶庄 土产店',
  },
  {
    industry: 'FOOD',
    weight: 7,
    categories: '烘焙 蛋糕店 面包坊 西饼屋 糕点铺 炒货店 牛羊肉店 鲜肉铺 水产店 豆腐坊 熟食店 鲜奶吧 冻品批发 月饼店 凉茶铺 酱园 手工酸奶',
  },
  {
    industry: 'SERVICES',
    weight: 10,
    categories:
      '洗衣店 干洗店 理发店 美发沙龙 造型 足浴 推拿馆 家政 开锁服务 修鞋店 裁缝铺 打印店 图文快印 搬家服务 维修店 宠物医院 宠物美容 洗车行 棋牌室 网吧 电竞馆 桌游馆 台球厅 自习室 美甲店 美睫店',
  },
  { industry: 'SKINCARE', weight: 4, categories: '美容院 护肤中心 彩妆店 化妆品店 皮肤管理 养发馆 SPA馆 美妆集合店' },
  { industry: 'CLOTHING', weight: 5, categories: '女装店 男装店 童装店 鞋店 箱包店 内衣店 服饰 旗袍店 运动鞋店 制衣店 布艺店 羊绒店' },
  {
    industry: 'HEALTHCARE',
    weight: 5,
    categories: '大药房 药店 中医馆 口腔诊所 门诊部 眼镜店 体检中心 康复中心 理疗馆 助听器店 参茸行 中药铺',
  },
  { industry: 'SPORT', weight: 3, categories: '健身房 瑜伽馆 游泳馆 羽毛球馆 篮球馆 舞蹈工作室 跆拳道馆 攀岩馆 拳击馆 户外用品店 单车店' },
  { industry: 'EDUCATION', weight: 3, categories: '书店 画室 琴行 托管中心 英语培训 书法班 围棋教室 幼儿园 职业培训 乐器行 科学营' },
  { industry: 'CAR', weight: 2, categories: '汽车美容 轮胎店 汽修厂 车饰店 电动车行 摩托车行 汽配店' },
  { industry: 'TRANSPORTATION', weight: 2, categories: '停车场 客运站 驾校 租车行 货运站 充电站' },
  { industry: 'TOURISM', weight: 2, categories: '酒店 民宿 宾馆 旅行社 客栈 景区售票处 公寓酒店 青年旅舍' },
  { industry: 'HOME_DIGITAL', weight: 2, categories: '手机店 数码店 电器行 电脑维修 家电城 相机店' },
  { industry: 'BUILDING_MATERIAL', weight: 1, categories: '建材店 灯饰店 窗帘店 家具店 瓷砖店 油漆店' },
  { industry: 'PARENTING', weight: 1, categories: '儿童乐园 婴儿游泳馆 早教中心 亲子餐厅 儿童摄影' },
  { industry: 'POTOGRAPHY', weight: 1, categories: '照相馆 摄影工作室 证件照' },
  { industry: 'JEWELRY_WATCH', weight: 1, categories: '珠宝店 银饰店 钟表行 黄金店' },
  { industry: 'AGRICULTURE', weight: 1, categories: '园艺 农资店 种子店 花木场 鱼苗场' },
]

const firstCharacters = [
  ...'德福祥瑞和顺兴盛永安恒丰聚泰合万嘉金玉锦华荣昌鼎广源隆百千益康乐悦欣佳美家味鲜香小老大阿南北东西山海江湖云月星晨青竹梅兰松禾麦稻谷果蜜茶米一三七九三春夏秋冬喜乐吉缘品尚雅正新好',
]
const secondCharacters = [
  ...'记味轩阁斋坊堂园庭楼居屋巷里湾溪谷川岭岸桥港渡舟鹿鹤燕鲤象熊猫狸宝果豆米麦禾木林森泉源水风雨云霞光辰月朝夕禧乐悦心意言语和盛隆丰昌达通利兴顺安宁泰康荣华锦绣章书画墨香甜脆',
]
const wholeBrands =
  '巷子深 半山腰 老地方 拾光 三餐四季 一间小店 好邻居 大碗先生 阿妈味道 外婆家灶 隔壁小馆 渔村 山里人家 海边小屋 码头往事 街角 转角遇见 日日鲜 天天见 每一天 早安 晚归 深夜 慢半拍 快一步 不二 有间 ' +
  '南洋 西域 北疆 江南 塞上 岭南 客家 潮汕 顺德 湘西 川渝 滇味 黔香 徽州 闽南 胶东 关中 晋味 豫园里 赣味 桂香 琼岛 长白山 大草原 黄土坡 小渔船 大榕树 石板街 青石巷 红砖厂 白鹭 蓝鲸 橙子 紫薇 绿野 黑土 银杏 ' +
  '木棉 凤凰花 三角梅 荔枝 芒果 椰林 橄榄 石榴 柚子 枇杷 桂花 茉莉 向日葵 薄荷 迷迭香 百里香 云朵 彩虹 北斗 启明 晴天 小满 谷雨 白露 霜降 立夏 清和 元气 满分 加油 快乐 幸福里 如意 平安 团圆 圆满 知足 自在 ' +
  '无忧 轻松 简单 认真 用心 匠心 初见 初心 本色 原味 真味 地道 正宗 老街 新街 十里 百味 千里 万家 东门 西关 南头 北角 春风 秋水 夏木 冬藏'
const brandWords = wholeBrands.split(' ')
const branchWords =
  '总店 旗舰店 一店 二店 三店 五店 地铁口店 火车站店 高铁站店 汽车站店 步行街店 大学城店 科技园店 软件园店 体育馆店 体育中心店 人民医院店 市民中心店 图书馆店 少年宫店 文化广场店 中心公园店 农批市场店 工业区店 ' +
  '产业园店 创业园店 老街店 新城店 湖畔店 江边店 海滨店 山脚店 桥头店 码头店 东区店 西区店 南区店 北区店 美食街店 夜市店 食街店 花园店 新村店 城中村店 保税区店 开发区店'
const branches = branchWords.split(' ')
const tradeChoices = trades.map(trade => [trade.weight, { industry: trade.industry, categories: trade.categories.split(' ') }] as const)

export interface ShopName {
  name: string
  /** what staff call it: without the branch; '' where the directory has none */
  short_name: string
  industry: string
}

/**
 * One name. `town` is a township or subdistrict name of GB/T 2260 that some branches are called after.
 * Names repeat seldom, but may: the caller keeps them unique.
 */
export function shopName(random: Random, town: string): ShopName {
  const { industry, categories } = random.weighted(tradeChoices)
  const category = random.pick(categories)
  const brand = random.chance(0.4) ? random.pick(brandWords) : twoCharacterBrand(random)
  const sign = brand + category
  const local = town.replace(/(街道|镇|乡|地区)$/u, '')
  const branch = random.weighted<() => string>([
    [45, () => ''],
    [30, () => (local.length >= 2 && local.length <= 4 ? `${local}店` : random.pick(branches))],
    [25, () => random.pick(branches)],
  ])()
  return { name: branch === '' ? sign : `${sign}（${branch}）`, short_name: random.chance(0.06) ? '' : sign, industry }
}

function twoCharacterBrand(random: Random): string {
  const first = random.pick(firstCharacters)
  const second = random.pick(secondCharacters)
  return first === second ? first + random.pick(['来', '上', '口']) : first + second
}
