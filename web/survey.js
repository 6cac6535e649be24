// The satisfaction survey of a round on site in the browser: seed, freeze, draw; calls with the questionnaire, somebody who refuses
// and whoever comes in their place, a result that was wrong and is corrected; closing, publishing, the result. No answer leads to a
// name. Called by the story of a whole round.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { site, sound } from './browser.js'
import { look } from './look-around.js'
import { go, named, press, send } from './steps.js'

const dir = process.env.KAPOK_DIR

const points = ['listened', 'helped', 'knows_ways', 'manages', 'somebody_there', 'neighbours']
const answers = (given) => ({
  q_knows_station: 'yes', q_knows_hotline: 'no', q_contacted: 'often', q_more_care: 'no',
  ...Object.fromEntries(points.map((code) => [`q_${code}`, String(given)])),
})

/** The survey, from its seed to its result; `seen` are the pages that were looked at. */
export async function survey(evaluator, manager, own, seen) {
  const sample = `${own}/sample`

  // The seed, the frame with its questionnaire, the draw.
  await go(evaluator, sample)
  await press(evaluator, named(evaluator, '承诺种子'))
  const commitment = (await evaluator.locator('.digest').first().innerText()).trim()
  assert.match(await evaluator.getByLabel('问卷').innerText(), /服务对象满意度问卷/)
  await press(evaluator, named(evaluator, '冻结名单'))
  await press(evaluator, named(evaluator, '抽样'))

  // One is called and answers; the page works on either width, and a question that was left out is pointed at.
  const list = await go(evaluator, `${sample}/calls`)
  await look(evaluator, seen)
  const lines = await list.locator('section[aria-labelledby=h-open] li').evaluateAll((all) => all.map((one) => [one.querySelector('a').getAttribute('href'), one.querySelector('a').innerText, !one.innerText.includes('没有号码')]))
  // Those with a number first: the pages of the others offer nothing to dial.
  lines.sort((one, other) => Number(other[2]) - Number(one[2]))
  const all = lines.map(([href]) => href)
  assert.ok(all.length >= 100, `${all.length}`)
  const drawn = all.length
  const first = lines[0][1]
  await go(evaluator, all[0])
  await press(evaluator, named(evaluator, '拨打'))
  await evaluator.getByRole('link', { name: '开始问卷' }).click()
  await look(evaluator, seen)
  for (const [code, answer] of Object.entries(answers(5))) {
    if (code !== 'q_helped') await evaluator.locator(`[name=${code}][value="${answer}"]`).check()
  }
  await evaluator.locator('[name=q_more_care][value=yes]').check()
  await evaluator.getByLabel('本人同意把姓名和这个愿望转告社工站').check()
  await evaluator.getByLabel('希望怎样关心（选填）').fill('常来电话')
  await named(evaluator, '登记答案').click()
  assert.match(await evaluator.locator('main [role=alert]').innerText(), /要改 1 处[^]*这一题要答/)
  await sound(evaluator)
  await evaluator.locator('[name=q_helped][value=unknown]').check()
  await press(evaluator, named(evaluator, '登记答案'))
  assert.match(await evaluator.locator('main [role=status]').innerText(), /撤回码 [0-9A-F-]{14}/)
  assert.equal(new URL(evaluator.url()).pathname, `${sample}/calls`)

  // One refuses, and the next in order comes in their place.
  await go(evaluator, all[1])
  await press(evaluator, named(evaluator, '拨打'))
  await evaluator.getByLabel('不愿意答').first().check()
  await press(evaluator, named(evaluator, '登记'))
  await go(evaluator, all[1])
  await press(evaluator, named(evaluator, '按顺序替补'))
  all.push(new URL(evaluator.url()).pathname)

  // One was entered under the wrong name: the answer is taken back by its code, and the result corrected.
  await go(evaluator, all[2])
  await press(evaluator, named(evaluator, '拨打'))
  await go(evaluator, `${all[2]}/questionnaire`)
  for (const [code, answer] of Object.entries(answers(1))) await evaluator.locator(`[name=${code}][value="${answer}"]`).check()
  await press(evaluator, named(evaluator, '登记答案'))
  const receipt = (await evaluator.locator('main [role=status]').innerText()).match(/撤回码 ([0-9A-F-]{14})/)[1]
  await go(evaluator, all[2])
  await look(evaluator, seen)
  await evaluator.getByLabel('约定再打').check()
  await evaluator.getByLabel('为什么更正').fill('登记错了人')
  await evaluator.getByLabel('撤回码').fill(receipt)
  await press(evaluator, named(evaluator, '更正'))
  assert.match(await evaluator.locator('main').innerText(), /已答 → 约定再打[^]*登记错了人/)

  // All the others, as the pages themselves would send it. Nobody sees a result before closing.
  await send(evaluator, all.slice(2).flatMap((one, n) => [
    [`${one}/dial`, {}],
    [`${one}/questionnaire`, answers(n % 5 === 0 ? 4 : 5)],
  ]))
  assert.equal((await evaluator.goto(`${site}${own}/survey`)).status(), 404)
  await go(evaluator, sample)
  await press(evaluator, named(evaluator, '结束调查'))
  await press(evaluator, named(evaluator, '公布'))

  // The result: base, response, means with intervals.
  const result = await go(evaluator, `${own}/survey`)
  const text = await result.innerText()
  assert.match(text, new RegExp(`${drawn + 1} 人，其中替补 1 人`))
  assert.match(text, /没有作答：不愿意答\s+1 人/)
  assert.match(text, /问题解决[^]*能力提升[^]*支持网络[^]*三个方面合计/)
  assert.ok(!text.includes(first) && !text.includes('常来电话') && !text.includes(receipt))
  await look(evaluator, seen)
  const sheet = await evaluator.request.get(`${site}${own}/survey.xlsx`)
  assert.equal(sheet.status(), 200)

  // The station sees the one wish that was passed on, and no answer.
  const wishes = await go(manager, '/evaluation/wishes')
  assert.match(await wishes.innerText(), /常来电话/)
  await look(manager, seen)
  await manager.getByLabel('做了什么').first().fill('当天去电')
  await press(manager, named(manager, '登记').first())
  assert.equal((await manager.goto(`${site}${own}/survey`)).status(), 403)

  // Anybody replays the draw from the file.
  const file = await evaluator.request.get(`${site}${sample}/sample.json`)
  const path = join(dir, 'sample.json')
  writeFileSync(path, await file.body())
  const told = execFileSync(process.env.KAPOK_BIN, ['sample', 'verify', path, '--commitment', commitment], { encoding: 'utf8' })
  assert.match(told, /相符/)
}
