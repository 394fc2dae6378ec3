/** What the wall screen says: three languages at once, so not from the messages of one. */
export const wallWords = {
    called: { kk: 'Шақырылды', ru: 'Вызваны', zh: '已叫号' },
    nobody_called: { kk: 'Әзірге ешкім шақырылмады', ru: 'Пока никто не вызван', zh: '暂无叫号' },
    waiting: { kk: 'Күтуде', ru: 'Ожидают', zh: '等候' },
    today: { kk: 'Бүгін / лимит', ru: 'Сегодня / лимит', zh: '今日 / 限额' },
    closed: { kk: 'ЖАБЫҚ', ru: 'ЗАКРЫТО', zh: '关闭' },
    exit: { kk: 'Қытайға', ru: 'в Китай', zh: '前往中国' },
    entry: { kk: 'Қазақстанға', ru: 'в Казахстан', zh: '前往哈萨克斯坦' },
    phone: {
        kk: 'Телефонда: /driver — нөмір мен код',
        ru: 'В телефоне: /driver — госномер и код',
        zh: '手机查询：/driver 输入车牌和验证码',
    },
};
