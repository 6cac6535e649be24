// A whole round of evaluation in the browser: five experts, one of the evaluator's staff, four parties; one recusal declared,
// one found in the data, one asked for by the station; the satisfaction survey (../survey.js). The scores are those of the
// sample's report, and so is the result. Then
// findings, three objections to the draft, one of which changes a score and one the wording, and the final report.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { code, confirm, state } from '../accounts.js'
import { launch, site, sound, wide } from '../browser.js'
import { begin } from '../empty.js'
import { look, ofARound } from '../look-around.js'
import { comesBack, rectified } from '../rectification.js'
import { go, named, press, send } from '../steps.js'
import { survey } from '../survey.js'

const round = '/evaluation/rounds/changgang-2024-final'
const dir = process.env.KAPOK_DIR

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

/** A page of somebody of the sample. */
async function as(name, viewport = wide) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', storageState: await state(browser, site, name) })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}

/** What `kapok` says of the sample's mid-term round: who gave what. */
function published() {
  const args = ['result', '--dir', dir, '--round', 'changgang-2024-mid', '--format', 'json']
  return JSON.parse(execFileSync(process.env.KAPOK_BIN, args, { encoding: 'utf8', maxBuffer: 1 << 26 }))
}

test('five experts and four parties come to the result of the report', { timeout: 1_200_000 }, async () => {
  const given = published()
  const seen = new Set()
  const bureau = await as('district_bureau')
  const city = await as('city')
  const evaluator = await as('evaluator')
  const manager = await as('station_manager')

  // Two people adopt the scheme.
  await go(bureau, '/evaluation/schemes/guangzhou-2024')
  await press(bureau, named(bureau, '提出采用这一版'))
  await go(city, '/evaluation/schemes/guangzhou-2024')
  await press(city, named(city, '采用这一版'))

  // The evaluator opens the round; it says what it needs.
  await go(evaluator, '/evaluation/rounds/new?station=changgang')
  await evaluator.getByLabel('末期').check()
  await evaluator.getByLabel('评估指标体系').selectOption({ index: 1 })
  await evaluator.getByLabel('数据截止日').fill('2024-12-31')
  await evaluator.getByLabel('实地评估日').fill('2025-03-25')
  await evaluator.getByLabel('评估机构').fill('示例评估机构')
  await evaluator.getByLabel('督导中心').fill('示例督导中心')
  await press(evaluator, named(evaluator, '开始筹备'))
  assert.equal(new URL(evaluator.url()).pathname, round)
  assert.match(await evaluator.locator('main').innerText(), /已准入 0 名专家，至少要 3 名/)
  await go(evaluator, `${round}/edit`)
  await look(evaluator, seen)

  // The station puts right what the round before had found: sent back once, then verified by somebody else.
  await rectified(evaluator, manager)

  // Nine accounts: eight experts and one of the staff. An administrator opens them.
  const admin = await as('system_admin')
  const people = {}
  for (const name of ['a', 'b', 'c', 'd', 'e', 'declares', 'found', 'asked', 'staff']) {
    await go(admin, '/access/new')
    await admin.locator('[name=name]').fill(`round-${name}`)
    await admin.locator('[name=display_name]').fill(`示例${name}`)
    await press(admin, named(admin, '保存'))
    await press(admin, admin.getByRole('button', { name: '给新的登录链接' }))
    const way = (await admin.locator('section .id').first().innerText()).trim().replace(/^https?:\/\/[^/]+/, '')
    people[name] = await begin(browser, site, way, `round-${name}`, wide)
    people[name].setDefaultTimeout(20_000)
    await go(evaluator, '/evaluation/experts/new')
    await evaluator.getByLabel('登录名').fill(`round-${name}`)
    await evaluator.getByLabel('姓名').fill(`示例${name}`)
    await evaluator.getByLabel('现工作单位').fill('示例高校社会工作系')
    await evaluator.getByLabel('资质').fill('高级社会工作师')
    await evaluator.getByLabel('专长').fill('服务质量')
    await press(evaluator, named(evaluator, '保存'))
    if (name === 'found') {
      // Until last year at the operator: this is in the register, and nobody has to remember it.
      const operator = await operatorOf(manager)
      await evaluator.getByLabel('关系', { exact: true }).selectOption({ label: '任职' })
      await evaluator.getByLabel('单位', { exact: true }).fill(operator)
      await evaluator.locator('[name=from_on]').fill('2019-01-01')
      await evaluator.locator('[name=until_on]').fill('2024-03-01')
      await press(evaluator, named(evaluator, '登记一项'))
      await look(evaluator, seen)
      await go(evaluator, `${new URL(evaluator.url()).pathname}/edit`)
      await look(evaluator, seen)
    }
  }

  // They are invited, promise, and declare; nobody sees anything of the station yet.
  for (const name of Object.keys(people)) {
    await go(evaluator, `${round}/panel`)
    const option = await evaluator.locator('#f-expert option', { hasText: `示例${name}（` }).getAttribute('value')
    await evaluator.getByLabel('专家', { exact: true }).selectOption(option)
    await evaluator.getByLabel(name === 'staff' ? '工作人员' : '评估专家', { exact: true }).check()
    await press(evaluator, named(evaluator, '邀请'))
    const own = people[name]
    await go(own, '/evaluation/seats')
    if (name === 'a') await look(own, seen)
    await own.locator('main .rows a').first().click()
    assert.doesNotMatch(await own.locator('main').innerText(), /昌岗/)
    await own.getByLabel('我承诺').check()
    await press(own, named(own, '签保密承诺'))
    assert.match(await own.locator('main').innerText(), /昌岗/)
    if (name === 'a') await look(own, seen)
    if (name === 'declares') {
      await own.locator('#f-kind').selectOption({ label: '督导关系' })
      await own.locator('#f-ground').fill('去年担任承办机构的外部督导')
    } else await own.getByLabel(/没有任职/).check()
    await press(own, named(own, '申报'))
    assert.equal((await own.goto(`${site}${round}`)).status(), 403)
  }

  // What was declared and what was found is ruled on; the others are cleared.
  const panel = await go(evaluator, `${round}/panel`)
  assert.match(await panel.innerText(), /数据核出[^]*示例found[^]*任职/)
  assert.match(await panel.innerText(), /本人申报[^]*示例declares/)
  await sound(evaluator)
  const rule = async (about) => {
    await go(evaluator, `${round}/panel`)
    const line = evaluator.locator('section[aria-labelledby=h-ch] li', { hasText: about })
    await line.getByLabel('成立', { exact: true }).check()
    await line.getByLabel('理由').fill('关系未满三年')
    await press(evaluator, line.getByRole('button', { name: '裁定' }))
  }
  await rule('示例declares')
  await rule('示例found')
  const cleared = ['a', 'b', 'c', 'd', 'e', 'asked', 'staff']
  for (const name of cleared) {
    await go(evaluator, `${round}/panel`)
    await press(evaluator, named(evaluator, `准入 示例${name}`))
  }
  // A role of the evaluation asks for a second factor, which each sets up now.
  for (const name of cleared) {
    const own = people[name]
    await own.goto(site + round)
    if (own.url().includes('/sign-in/second')) {
      const key = (await own.locator('.facts .id').innerText()).replaceAll(/\s/g, '')
      await confirm(own, code(key))
      await own.goto(site + round)
    }
    assert.match(await own.locator('main h1').innerText(), /末期评估/)
  }

  // The station asks for somebody's recusal, which is granted: from then on there is nothing for them.
  await go(manager, `${round}/challenge`)
  await look(manager, seen)
  await manager.getByLabel('申请 示例asked 回避').check()
  await manager.getByLabel('情形').selectOption({ label: '私下接触或馈赠' })
  await manager.getByLabel('事实与理由').fill('上周单独约见承办机构负责人')
  await press(manager, named(manager, '提交'))
  await rule('示例asked')
  assert.equal((await people.asked.goto(`${site}${round}`)).status(), 403)
  assert.equal((await people.declares.goto(`${site}${round}`)).status(), 403)

  // On to the self-review, which the station answers: one item by hand, the others as the page sends them.
  const next = async (stage) => {
    await go(evaluator, round)
    await press(evaluator, named(evaluator, `进入“${stage}”`))
  }
  await next('自评')
  await go(manager, `${round}/self`)
  const items = await manager.locator('main .rows a[href*="/self/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  assert.equal(items.length, given.items.length)
  await manager.locator('main .rows a[href*="/self/"]').first().click()
  assert.match(await manager.locator('main').innerText(), /系统测得/)
  await look(manager, seen)
  await manager.getByLabel('做了什么').fill('按协议配足')
  await manager.getByLabel('证据').fill('/staff 社工名册')
  await press(manager, named(manager, '保存'))
  await go(manager, items[1])
  await send(manager, items.slice(1).map((href) => [href, { answer: '见材料', evidence: '', score: '1' }]))
  await go(manager, `${round}/self`)
  assert.match(await manager.locator('main .meta').first().innerText(), new RegExp(`答了 ${items.length} / ${items.length} 项`))
  await sound(manager)
  await next('实地评估')
  await survey(evaluator, manager, round, seen)

  // Each expert scores: the first cell of the first by keyboard alone.
  const experts = ['a', 'b', 'c', 'd', 'e']
  for (const [place, name] of experts.entries()) {
    const own = people[name]
    const scores = given.items.flatMap((item) => {
      const score = item.scores[place]
      return score.areas ? score.areas.map((area) => [`${item.code}@${area.area}`, area.score]) : [[item.code, score.score]]
    })
    await go(own, `${round}/desk`)
    if (place === 0) {
      await own.keyboard.press('s')
      await own.keyboard.type(String(scores[0][1]))
      await own.keyboard.press('Tab')
      await own.keyboard.type('现场核对')
      await own.waitForFunction(() => /草稿已存/.test(document.querySelector('#desk-state').textContent))
      await own.keyboard.press('Control+Enter')
      await own.waitForURL((url) => !url.pathname.endsWith(scores[0][0]))
      await own.keyboard.press('k')
      await own.waitForURL((url) => url.pathname.endsWith(scores[0][0]))
      assert.equal(await own.locator('#f-score').inputValue(), String(scores[0][1]))
      await look(own, seen)
      // Without a network the draft stays here, and is sent when there is one again.
      await own.context().setOffline(true)
      await own.locator('#f-note').fill('断网时写的')
      await own.waitForFunction(() => /没有网络/.test(document.querySelector('#desk-state').textContent))
      await own.context().setOffline(false)
      await own.waitForFunction(() => /草稿已存/.test(document.querySelector('#desk-state').textContent))
      await own.reload()
      assert.equal(await own.locator('#f-note').inputValue(), '断网时写的')
      // All items on one page: what is written there without a network is sent once there is one.
      const open = own.url()
      await go(own, `${round}/desk/all`)
      await look(own, seen)
      await own.context().setOffline(true)
      const several = own.locator('form[data-draft]')
      await several.nth(1).locator('[name=note]').fill('断网时写在第二项')
      await several.nth(2).locator('[name=note]').fill('断网时写在第三项')
      await own.waitForFunction(() => [...document.querySelectorAll('[data-state]')].filter((one) => /没有网络/.test(one.textContent)).length === 2)
      await own.context().setOffline(false)
      await own.waitForFunction(() => [...document.querySelectorAll('[data-state]')].filter((one) => /草稿已存/.test(one.textContent)).length === 2)
      await own.reload()
      assert.equal(await several.nth(2).locator('[name=note]').inputValue(), '断网时写在第三项')
      await own.goto(open)
      // The evidence is looked at in its place, piece by piece.
      assert.match(await own.locator('.viewer').innerText(), /条记录，按轮次代码排出的次序/)
      await own.getByText('值得肯定、需要关注').click()
      await own.getByLabel('事实').fill('个别社工有两份合同')
      await own.getByLabel('建议').fill('逐份清理')
      await press(own, named(own, '记下意见'))
    }
    await send(own, scores.map(([cell, score]) => [`${round}/desk/${cell}`, { score: String(score), reason: '现场核对', note: '', then: 'next' }]))
    await go(evaluator, `${round}/scores`)
    assert.doesNotMatch(await evaluator.locator('main').innerText(), /断网时写的|相差/)
    await go(own, `${round}/desk`)
    await press(own, named(own, '封存全部评分'))
  }

  // What is heard and seen on site is noted; somebody of the station confirms the day with a signature.
  await go(evaluator, `${round}/on-site`)
  await press(evaluator, named(evaluator, '按指标体系列出清单'))
  await sound(evaluator)
  await go(evaluator, `${round}/on-site/new`)
  await look(evaluator, seen)
  await evaluator.getByLabel('现场确认', { exact: true }).check()
  await evaluator.getByLabel('对谁').fill('社工站代表')
  await evaluator.getByLabel('内容').fill('对反馈的意见没有异议')
  await evaluator.getByLabel('已办，相符', { exact: true }).check()
  await press(evaluator, named(evaluator, '保存'))
  const note = new URL(evaluator.url()).pathname
  await go(evaluator, `${note}/edit`)
  await look(evaluator, seen)
  await go(evaluator, note)
  const canvas = evaluator.locator('[data-sign] canvas')
  const box = await canvas.boundingBox()
  await evaluator.mouse.move(box.x + 20, box.y + 20)
  await evaluator.mouse.down()
  await evaluator.mouse.move(box.x + 120, box.y + 60, { steps: 8 })
  await evaluator.mouse.up()
  await evaluator.locator('[data-sign]').getByText('已签名').waitFor()
  await look(evaluator, seen)
  await press(evaluator, named(evaluator, '签名'))
  assert.match(await evaluator.locator('main').innerText(), /签名/)

  // What lies too far apart is discussed and sealed once more.
  await go(evaluator, `${round}/scores`)
  await sound(evaluator)
  if (await named(evaluator, '请专家讨论后重新评这几项').count()) {
    await press(evaluator, named(evaluator, '请专家讨论后重新评这几项'))
    for (const name of experts) {
      await go(people[name], `${round}/desk`)
      await press(people[name], named(people[name], '封存全部评分'))
    }
  }

  // The other three parties, each for itself.
  const parties = [[await as('street_office'), 'purchaser'], [await as('supervision_centre'), 'supervision_centre'], [bureau, 'supervisor']]
  for (const [page, party] of parties) {
    await go(page, `${round}/party/${party}`)
    await page.getByLabel('得分').fill(String(given.parties.find((one) => one.code === party).score))
    await page.getByLabel('意见').fill('服务扎实')
    await press(page, named(page, '保存'))
    await press(page, named(page, '封存'))
  }

  // The result is the report's, every step of it.
  await next('起草')
  const result = await go(evaluator, `${round}/result`)
  assert.equal(await evaluator.locator('.score b').innerText(), '84.48')
  assert.equal(await evaluator.locator('.score .grade').innerText(), '良好')
  assert.match(await result.innerText(), /46\.2[^]*17\.2[^]*12\.78[^]*8\.3/)
  await look(evaluator, seen)
  assert.equal((await manager.goto(`${site}${round}/result`)).status(), 404, 'not before the draft is out')

  // The expert's note becomes a finding, its figures named and not typed; the draft goes out.
  await go(evaluator, `${round}/findings`)
  await sound(evaluator)
  await evaluator.getByRole('link', { name: /采用第/ }).first().click()
  await look(evaluator, seen)
  await evaluator.getByLabel('事实').fill('全站配备社工{staff.average_workers}名，个别社工有两份合同。')
  await evaluator.getByLabel('责任方').fill('承办机构')
  await evaluator.getByLabel('完成期限').fill('2025-06-30')
  await evaluator.getByLabel('证据').fill('人事档案抽查')
  const before = evaluator.getByLabel('与上一轮哪一条相同')
  await before.selectOption(await before.locator('option', { hasText: '劳动合同与人事档案' }).getAttribute('value'))
  await press(evaluator, named(evaluator, '保存'))
  assert.match(await evaluator.locator('main').innerText(), /再次出现[^]*整改：承办机构，2025-06-30 以前[^]*上一轮（再次出现）/)

  // The report's own wording, with locked figures: looked at, saved, and an error of the text keeps it in the house.
  const wording = '/reports/changgang-2024-final/wording'
  await go(evaluator, wording)
  assert.match(await evaluator.locator('main').innerText(), /个别社工有两份合同/)
  await look(evaluator, seen)
  await go(evaluator, `${wording}/background.lead`)
  await evaluator.locator('#f-words').fill('评估组走访了4个片区。')
  await named(evaluator, '保存').click()
  assert.match(await evaluator.locator('main [role=alert]').innerText(), /手写的数字/)
  await evaluator.locator('#f-words').fill('{round.evaluator}走访了{station.areas}个片区。')
  await press(evaluator, named(evaluator, '预览'))
  assert.match(await evaluator.locator('main').innerText(), /预览，还没有保存[^]*示例评估机构走访了4个片区/)
  await sound(evaluator)
  await evaluator.locator('#f-words').fill('{round.evaluator}走访了三个片区，分别为甲片区、乙片区。')
  await press(evaluator, named(evaluator, '保存'))
  await go(evaluator, round)
  assert.match(await evaluator.locator('main').innerText(), /处核验错误/)
  await go(evaluator, `${wording}/background.lead`)
  await evaluator.locator('#f-words').fill('{round.evaluator}走访了{station.areas}个片区，查看了服务记录。')
  await press(evaluator, named(evaluator, '保存'))
  assert.match(await evaluator.locator('main').innerText(), /改动记录/)
  await next('初稿反馈')
  // The draft is issued once and goes its way: whoever signs for it reads it, and the station hands it on to the street.
  const report = '/reports/changgang-2024-final'
  assert.equal((await manager.goto(`${site}${report}`)).status(), 404, 'nothing was sent yet')
  await go(evaluator, report)
  await press(evaluator, named(evaluator, '出具初稿并送出'), 120_000)
  await evaluator.locator('section[aria-labelledby^=h-i]', { hasText: '初稿' }).waitFor({ timeout: 120_000 })
  const street = parties[0][0]
  const sign = async (page, paper) => {
    await go(page, `${round}/delivery`)
    await press(page, named(page, `签收${paper}`))
  }
  await sign(manager, '初稿')
  assert.match(await (await go(manager, report)).innerText(), /个别社工有两份合同/)
  assert.equal((await street.goto(`${site}${report}`)).status(), 404, 'the station has not handed it on')
  await go(manager, `${round}/delivery`)
  await sound(manager)
  await press(manager, manager.getByRole('button', { name: /^转交/ }))
  for (const [page] of parties) await sign(page, '初稿')

  // Three objections: to a score and to a passage, which are granted; to a finding, which is not.
  await go(manager, `${round}/feedback`)
  await manager.getByLabel('有异议').check()
  await manager.getByLabel('评分项', { exact: true }).check()
  await manager.getByLabel('哪个评分项').selectOption({ label: '项目管理 · 人员配置与持证情况' })
  await manager.getByLabel(/哪里不对/).fill('两名社工三月已取得证书')
  await press(manager, named(manager, '以社工站的名义答复'))
  const object = async (about, which, option, words) => {
    await go(street, `${round}/feedback`)
    await street.getByLabel('有异议').check()
    await street.getByLabel(about, { exact: true }).check()
    const choice = street.getByLabel(which, { exact: true })
    await choice.selectOption(await choice.locator('option', { hasText: option }).getAttribute('value'))
    await street.getByLabel(/哪里不对/).fill(words)
    await press(street, street.getByRole('button', { name: /的名义答复/ }))
  }
  await object('评估意见', '哪条意见', '个别社工有两份合同', '不要写合同')
  await object('报告文字', '哪段文字', '末期评估背景 · 示例评估机构走访了4个片区', '没有写明走访了全部片区')
  await sound(street)
  for (const [page] of parties.slice(1)) {
    await go(page, `${round}/feedback`)
    await page.getByLabel('无异议').check()
    await press(page, page.getByRole('button', { name: /的名义答复/ }))
  }
  const settle = async (about, verdict, reason, change) => {
    await go(evaluator, `${round}/feedback`)
    const line = evaluator.locator('section[aria-labelledby=h-o] li', { hasText: about })
    await line.getByLabel(verdict, { exact: true }).check()
    await line.getByLabel('理由').fill(reason)
    if (change) await line.getByLabel(/^改动/).fill(change)
    await press(evaluator, line.getByRole('button', { name: '裁定' }))
  }
  await settle('两名社工三月', '采纳', '证书核实', '该项由各位专家重新评')
  await settle('不要写合同', '不采纳', '档案如此')
  await settle('没有写明走访了全部片区', '采纳', '现场记录有四个片区', '加上“全部”')
  await sound(evaluator)
  assert.match(await evaluator.locator('main').innerText(), /初稿：示例评估机构走访了4个片区，查看了服务记录。/)
  for (const name of experts) {
    await go(people[name], `${round}/desk/pm_staffing`)
    await people[name].locator('#f-score').fill('5')
    await press(people[name], named(people[name], '保存，下一项'))
    await go(people[name], `${round}/desk`)
    await press(people[name], named(people[name], '封存全部评分'))
  }
  // What was granted is done before the report goes on: the page leads to the passage.
  const owed = await (await go(evaluator, round)).innerText()
  assert.match(owed, /第 3 号异议已采纳，报告文字“示例评估机构走访了4个片区/)
  assert.doesNotMatch(owed, /第 [12] 号异议已采纳/)
  // Words changed after the answers are told apart from the draft, and so is the score.
  await go(evaluator, `${round}/feedback`)
  await evaluator.locator('section[aria-labelledby=h-o] li', { hasText: '没有写明走访了全部片区' }).getByRole('link', { name: '改这段文字' }).click()
  await evaluator.waitForURL(`**${wording}/background.lead`)
  await evaluator.locator('#f-words').fill('{round.evaluator}走访了全部{station.areas}个片区，查看了服务记录。')
  await press(evaluator, named(evaluator, '保存'))
  await next('出具报告')
  await go(evaluator, report)
  await press(evaluator, named(evaluator, '出具终稿并送出'), 120_000)
  await evaluator.locator('section[aria-labelledby^=h-i]', { hasText: '终稿' }).waitFor({ timeout: 120_000 })
  await sign(bureau, '终稿')
  await go(bureau, `${round}/delivery`)
  await press(bureau, named(bureau, '转交社工站'))
  await sign(manager, '终稿')
  const changed = await go(manager, '/reports/changgang-2024-final/changes')
  assert.match(await changed.innerText(), /全部/)
  // Five of five from each expert instead of 4.8 in the mean: the panel's 84.20 at 55 % is 46.31.
  assert.match(await changed.innerText(), /总分\s+84\.48\s+84\.59/)
  await sound(manager)
  const issued = await (await go(manager, '/reports/changgang-2024-final')).innerText()
  assert.match(issued, /初稿送出以后的改动[^]*走访了全部4个片区[^\n]*第3号[^]*总分\s+84\.48\s+84\.59\s+第1号/)
  assert.match(issued, /签署人[^]*第1号异议（评分项，项目管理 · 人员配置与持证情况）：两名社工三月已取得证书：采纳/)
  await go(manager, `${round}/result`)
  assert.equal(await manager.locator('.score b').innerText(), '84.59')

  // The round before is told in the report, and what came back is marked with its history.
  const told = await (await go(manager, report)).innerText()
  assert.match(told, /上一轮建议的落实情况[^]*已逐份清查[^]*部分完成/)
  assert.match(told, /建议由承办机构整改，于2025年6月30日前完成[^]*上一轮评估已提出这一点，整改情况为“部分完成”，本轮再次出现/)
  await comesBack(evaluator)
  assert.deepEqual(ofARound.filter((page) => !seen.has(page)), [], 'pages that are there during a round only')

  // The final report bears its seal, which anybody can look up; the archive is checked with no database at hand.
  const seal = (await (await go(manager, report)).innerText()).match(/[0-9a-f]{64}/g).pop()
  const anybody = await (await browser.newContext({ viewport: wide })).newPage()
  await anybody.goto(`${site}/reports/seals/${seal}`)
  assert.match(await anybody.locator('main').innerText(), /属实/)
  await sound(anybody)
  await go(evaluator, report)
  const [download] = await Promise.all([evaluator.waitForEvent('download'), evaluator.getByRole('link', { name: 'archive.zip' }).click()])
  const archive = join(dir, 'archive.zip')
  await download.saveAs(archive)
  assert.match(execFileSync(process.env.KAPOK_BIN, ['verify', archive], { encoding: 'utf8' }), /全部相符/)

  // Written again by the command, it says the same.
  const again = join(dir, 'final')
  execFileSync(process.env.KAPOK_BIN, ['report', '--dir', dir, '--round', 'changgang-2024-final', '--out', again], { encoding: 'utf8' })
  assert.match(execFileSync(process.env.KAPOK_BIN, ['verify', join(again, 'manifest.json'), '--dir', dir], { encoding: 'utf8' }), /全部相符/)
})

/** Who runs the sample station, as its contract says. */
async function operatorOf(manager) {
  await go(manager, '/contracts')
  const text = await manager.locator('main').innerText()
  return text.match(/\S*社会工作服务中心/)[0]
}
