// One specimen for every component of WeUI, as WeChat brings it by useExtendedLib.
import type { Library } from './gallery.ts'

export const WEUI: Library = {
  package: 'weui-miniprogram',
  dist: 'miniprogram_dist',
  prefix: 'mp-',
  app: { useExtendedLib: { weui: true } },
  data: `
    actions: [{ text: '选项一' }, { text: '选项二' }],
    buttons: [{ text: '取消' }, { text: '确定' }],
    swipes: [{ text: '删除', type: 'warn' }],
    tabs: [{ text: '首页' }, { text: '我的', badge: '3' }],
    rules: [{ name: 'shop', rules: { required: true, message: '必填' } }],
    model: { shop: '' },`,
  specimens: [
    {
      shows: 'actionsheet',
      wxml: '<mp-actionsheet show="{{ show }}" title="操作" actions="{{ actions }}" bind:actiontap="told"/>',
      tap: '选项二',
      tells: 'actiontap',
    },
    { shows: 'badge', wxml: '<mp-badge content="新"/>', tap: '新' },
    {
      shows: 'cell cells',
      wxml: '<mp-cells title="分组" footer="说明"><mp-cell title="标题" value="内容" hover bind:tap="told"/></mp-cells>',
      tap: '内容',
      tells: 'tap',
    },
    {
      shows: 'checkbox checkbox-group',
      wxml: '<mp-cells><mp-checkbox-group bind:change="told"><mp-checkbox label="甲" value="a" checked/><mp-checkbox label="乙" value="b"/></mp-checkbox-group></mp-cells>',
      tap: '乙',
      tells: 'change',
    },
    {
      shows: 'dialog',
      wxml: '<mp-dialog show="{{ show }}" title="标题" buttons="{{ buttons }}" bind:buttontap="told">内容</mp-dialog>',
      tap: '确定',
      tells: 'buttontap',
    },
    {
      shows: 'form form-page',
      wxml: '<mp-form-page title="表单" subtitle="说明"><mp-form rules="{{ rules }}" models="{{ model }}"><mp-cells><mp-cell prop="shop" title="店名" ext-class="cell"><input placeholder="请输入" bindfocus="told"/></mp-cell></mp-cells></mp-form></mp-form-page>',
      tap: '*mp-cell input',
      tells: 'focus',
    },
    { shows: 'gallery', wxml: '<mp-gallery show="{{ show }}" img-urls="{{ [picture] }}" bind:hide="told"/>', tells: 'hide' },
    {
      shows: 'grids',
      wxml: "<mp-grids grids=\"{{ [{ imgUrl: picture, text: '相册' }, { imgUrl: picture, text: '门店' }] }}\"/>",
      tap: '相册',
    },
    {
      shows: 'half-screen-dialog',
      wxml: '<mp-half-screen-dialog show="{{ show }}" title="标题" desc="描述" buttons="{{ buttons }}" bind:buttontap="told"/>',
      tap: '确定',
      tells: 'buttontap',
    },
    { shows: 'icon', wxml: '<mp-icon icon="like" type="field" color="#fa5151" size="{{ 60 }}"/>', tap: '*mp-icon' },
    { shows: 'loading', wxml: '<mp-loading show type="dot-gray"/>' },
    { shows: 'msg', wxml: '<mp-msg type="success" title="已开通"><view slot="desc">可以收款</view></mp-msg>', tap: '已开通' },
    { shows: 'navigation-bar', wxml: '<mp-navigation-bar title="标题" back="{{ false }}"/>', tap: '标题' },
    { shows: 'searchbar', wxml: '<mp-searchbar placeholder="找店" bind:focus="told"/>', tap: '*mp-searchbar wx-label', tells: 'focus' },
    {
      shows: 'slideview',
      wxml: '<mp-slideview buttons="{{ swipes }}"><view style="line-height: 56px">左滑</view></mp-slideview>',
      tap: '左滑',
    },
    { shows: 'tabbar', wxml: '<mp-tabbar list="{{ tabs }}" bind:change="told"/>', tap: '我的', tells: 'change' },
    { shows: 'toptips', wxml: '<mp-toptips show="{{ show }}" type="success" msg="已开通" delay="{{ 60000 }}"/>', tap: '已开通' },
    {
      shows: 'uploader',
      wxml: '<mp-uploader title="照片" files="{{ [{ url: picture }] }}" max-count="3" bind:delete="told"/>',
      tap: '照片',
    },
  ],
}
