// Day one: from an empty folder to a board with every indicator filled, all of it through the site, as a station manager
// and two workers. What is recorded on a phone is recorded at 390 pixels.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idNumber, launch, phone, sound, wide } from '../browser.js'
import { account, any, day, put, record } from '../by-hand.js'
import { begin as beginIn, serveEmpty } from '../empty.js'

let browser, site, stop

before(async () => { browser = await launch() })
after(async () => {
  await browser.close()
  stop?.()
})

const today = day(0)

const targets = {
  phone_visits: 20, home_visits: 20, case_intakes: 4, case_sessions: 8, case_closures: 2, groups: 2, group_sessions: 8,
  group_attendances: 30, large_activities: 1, large_activity_attendances: 100, small_activities: 4,
  small_activity_attendances: 100, new_volunteers: 4, volunteer_backbones: 1, volunteer_teams: 1,
}

test('from an empty folder to a filled board', async () => {
  const served = await serveEmpty()
  ;({ site, stop } = served)
  const [first, other] = served.links
  const begin = (way, name, viewport = wide) => beginIn(browser, site, way, name, viewport)
  const admin = await begin(first, 'admin')
  const station = '示例街社工服务站'
  await record(admin, '/areas/new', {
    name: station, code: 'shilijie', district: '示例区', street: '示例街', address: '示例路一号', operated_since: '2024-01-01',
  })
  const security = await begin(other, 'security')
  const own = await account(admin, security, '/access/new', { name: 'zhang', display_name: '示例站长' }, '站长', station)

  // The manager sets the station up, step by step.
  const manager = await begin(own.way, 'zhang')
  await record(manager, '/areas/shilijie/new/area', { name: '东片区', code: 'dongpian' })
  for (const [name, code, region_code] of [['示例东', 'dong', '440105001001'], ['示例西', 'xi', '440105001002']]) {
    await record(manager, '/areas/shilijie/new/community', { name, code, region_code, area: '东片区' })
  }
  await record(manager, '/contracts/contracts/new', {
    code: 'shilijie-one', operator: '示例机构', purchaser: '示例街道办事处', supervisor: '示例区民政局', signed_on: day(-61),
    starts_on: day(-60), ends_on: day(304), funding: '2000000', agreed_workers: '3', agreed_certified: '2',
  })
  await record(manager, '/contracts/categories/new', { contract_id: 'shilijie-one', name: '独居老人', code: 'elder_alone', elder: 'yes' })
  await record(manager, '/indicators/targets/new', Object.fromEntries(
    Object.entries(targets).map(([name, target]) => [`target.${name}`, target])))
  const names = { zhang: '示例站长', yi: '样本乙', bing: '样本丙' }
  const workers = {}
  for (const [login, name] of Object.entries(names)) {
    const path = await record(manager, '/staff/workers/new', {
      name, role: login === 'zhang' ? 'manager' : 'worker', in_field_since: '2020-01-01', joined_on: day(-60), party_member: 'no',
    })
    workers[login] = path.split('/').pop()
    await record(manager, `/staff/certificates/new?worker_id=${workers[login]}`, {
      level: login === 'bing' ? 'none' : 'assistant', obtained_on: '2022-06-01',
    })
    await record(manager, `/staff/posts/new?worker_id=${workers[login]}`, {
      role: login === 'zhang' ? 'manager' : 'worker', from_on: day(-60),
    })
  }
  await record(admin, `${own.address}/worker`, { worker: workers.zhang })
  const ways = {}
  for (const login of ['yi', 'bing']) {
    ways[login] = (await account(admin, security, `/access/new?worker=${workers[login]}`,
      { name: login, display_name: names[login] }, '社工', station)).way
  }
  const yi = await begin(ways.yi, 'yi', phone)
  const bing = await begin(ways.bing, 'bing', phone)

  // Each of them makes a file.
  const files = [[manager, '示例甲', '示例东', 1], [yi, '示例丁', '示例东', 2], [bing, '示例戊', '示例西', 3]]
  for (const [who, name, community, n] of files) {
    await record(who, '/clients/new', {
      community, residence: 'present', level: 'three', file_number: `示例-000${n}`, building: '示例路 2 号', door: `10${n} 房`, name,
      id_number: idNumber(`440105195${n}010100${n}`), categories: 'elder_alone', level_reason: '独居', opened_on: today,
    })
  }
  await manager.goto(`${site}/setup`)
  assert.match(await manager.locator('main').innerText(), /什么都不缺/)

  // What the fifteen indicators count, by all three.
  const told = { physical: '平稳', psychological: '平稳', social: '邻里常来往', follow_up: '下月再访' }
  for (const [who, kind, person] of [[yi, 'home', '示例丁'], [bing, 'home', '示例戊'], [yi, 'phone', '示例甲'], [bing, 'phone', '示例丁'], [manager, 'phone', '示例戊']]) {
    await record(who, '/visits/visits/new', { person_id: person, kind, visited_on: today, ...told })
  }
  await record(yi, '/casework/cases/new', {
    number: 'G-1', person_id: '示例丁', opened_on: today, one_to_one: 'yes', problem: '独居，少出门', plan: '每周一次',
  })
  // The second on one day looks like the first, and is another.
  const session = { case_id: 'G-1', held_on: today, minutes: '45', note: '面谈' }
  await record(yi, '/casework/sessions/new', session)
  await yi.goto(`${site}/casework/sessions/new`)
  await put(yi, session)
  await yi.getByRole('button', { name: '保存' }).click()
  assert.match(await yi.locator('main [role=alert]').innerText(), /已经有很像的记录[^]*G-1/)
  await yi.getByRole('button', { name: '仍然保存' }).click()
  await yi.waitForURL(/\/casework\/sessions\/[0-9a-f-]{36}$/)
  await record(yi, '/casework/closures/new', { case_id: 'G-1', closed_on: today, outcome: any, note: '目标达成' })
  await record(manager, '/programmes/programmes/new', { name: '暖心安居', code: 'nuanxin', aim: '居家安全', started_on: day(-30) })
  await record(bing, '/groups/groups/new', { name: '缅怀小组', started_on: day(-7), aim: '相识', community_id: '示例西' })
  for (const [number, held_on] of [[1, day(-7)], [2, today]]) {
    await record(bing, '/groups/sessions/new', { group_id: '缅怀小组', number, held_on, stage: 'mature', note: '第一次见面' })
  }
  for (const [session, person] of [['缅怀小组 1', '示例丁'], ['缅怀小组 1', '示例戊'], ['缅怀小组 2', '示例戊']]) {
    await record(bing, '/groups/attendances/new', { session_id: session, person_id: person })
  }
  await record(manager, '/activities/events/new', {
    name: '社区便民日', size: 'large', held_on: today, place: '广场', status: 'held', attendances: 120, basis: 'sign_in', community_id: '示例东', summary: '义诊、理发',
  })
  await record(yi, '/activities/events/new', {
    name: '防跌倒讲座', size: 'small', held_on: today, place: '居委会', status: 'held', attendances: 25, basis: 'sign_in', community_id: '示例东', summary: '讲座',
  })
  for (const [who, name] of [[yi, '样本志一'], [bing, '样本志二']]) {
    await record(who, '/volunteers/volunteers/new', { name, registered_on: today, phone: '13800004321', community_id: '示例东' })
  }
  await record(bing, '/volunteers/backbones/new', { volunteer_id: '样本志一', assessed_on: today, cultivation_plan: '带队' })
  await record(yi, '/volunteers/teams/new', { name: '邻里队', founded_on: today, active: 'yes', community_id: '示例东' })

  // What else the second annex of a report counts.
  const rest = [
    [yi, '/volunteers/services/new', { name: '上门理发', team_id: '邻里队', held_on: today, attendances: 6, hours: 12, community_id: '示例东' }],
    [bing, '/aid/aids/new', { what: '米和油', kind: 'supplies', given_on: today, attendances: 3, value: '300', community_id: '示例西' }],
    [bing, '/aid/adaptations/new', { need: '扶手', kind: any, found_on: today, household_id: '示例-0003', community_id: '示例西' }],
    [manager, '/publicity/posts/new', { title: '便民日来了', channel: '公众号', posted_on: today, views: 200, community_id: '示例东' }],
    [manager, '/publicity/media/new', { title: '身边的社工', medium: '示例日报', level: 'city_or_above', published_on: today }],
    [manager, '/publicity/recognitions/new', { giver: '居民', kind: 'banner', received_on: today, community_id: '示例东' }],
    [yi, '/publicity/brochures/new', { topic: '防诈骗', copies: 100, given_on: today, community_id: '示例东' }],
    [manager, '/partners/partners/new', { name: '示例药店', tier: any, joined_on: today }],
    [manager, '/partners/funds/new', { name: '示例东基金', founded_on: today, worker_on_committee: 'yes', community_id: '示例东' }],
    [yi, '/partners/drives/new', { name: '义卖', fund_id: '示例东基金', held_on: today }],
    [yi, '/partners/incomes/new', { source: '义卖所得', fund_id: '示例东基金', amount: '500', received_on: today }],
    [manager, '/regulations/regulations/new', { name: '值班制度', edition: '第一版', adopted_on: today }],
    [manager, '/staff/trainings/new', { topic: '个案技巧', held_on: today, organiser: '示例协会', hours: 6, worker_id: '样本乙' }],
    [manager, '/staff/supervisions/new', { topic: '小组带领', held_on: today, supervisor_of_practice: '样本督导', external: 'yes', hours: 2, attendances: 3 }],
    [bing, '/opinions/opinions/new', { content: '想多办讲座', given_on: today, channel: 'visit', complaint: 'no', community_id: '示例西' }],
    [yi, '/joint_work/ledger/new', { what: '一起走访', kind: any, done_on: today, administrative_workers: 1, households_visited: 2, community_id: '示例东' }],
  ]
  for (const [who, path, fields] of rest) await record(who, path, fields)
  const call = await record(yi, '/hotline/calls/new', { direction: 'inbound', called_on: today, answered: 'yes', seconds: 90, community_id: '示例东' })
  await record(yi, `/hotline/tickets/new?call_id=${call.split('/').pop()}`, { reason: '问低保复核', action: '约好下周上门' })

  // The attendance of a month for everybody at once; a correction keeps what stood before; a file goes with a record.
  await manager.goto(`${site}/staff/grid`)
  for (const box of await manager.getByRole('checkbox', { name: /到岗$/ }).all()) await box.check()
  await manager.getByRole('button', { name: '保存' }).click()
  await manager.waitForLoadState()
  assert.equal(await manager.getByRole('checkbox', { name: /到岗$/, checked: false }).count(), 0)
  const talk = await record(yi, '/activities/events/new', {
    name: '家电安全讲座', size: 'small', held_on: today, place: '居委会', status: 'planned', attendances: 0, basis: 'sign_in', community_id: '示例东', summary: '',
  })
  await record(yi, `${talk}/edit`, { name: '用电安全讲座' })
  assert.match(await yi.locator('main').innerText(), /家电安全讲座[^]*用电安全讲座|用电安全讲座[^]*家电安全讲座/)
  await yi.getByRole('link', { name: '附上文件', exact: true }).click()
  await yi.getByLabel('文件', { exact: true }).setInputFiles({ name: '签到表.txt', mimeType: 'text/plain', buffer: Buffer.from('签到 0 人') })
  await yi.getByLabel('名称').fill('签到表')
  await yi.getByLabel('种类').selectOption({ label: '照片' })
  await yi.getByRole('button', { name: '附上' }).click()
  await yi.waitForLoadState()
  assert.match(await yi.locator('#documents').innerText(), /签到表/)

  // The board says exactly that.
  const expected = {
    电话访问: 3, 入户探访: 2, 专业个案接案: 1, 专业个案服务: 2, 专业个案结案: 1, 小组: 1, 小组节数: 2, 小组服务人次: 3, 大型社区活动: 1,
    大型社区活动服务人次: 120, 中小型社区活动: 1, 中小型社区活动服务人次: 25, 新登记志愿者: 2, 培育志愿者骨干: 1, 发展志愿者队伍: 1,
  }
  for (const viewport of [wide, phone]) {
    await manager.setViewportSize(viewport)
    await manager.goto(`${site}/indicators`)
    const rows = await manager.locator('table.ind tbody tr:not(.grp)').evaluateAll((all) => all.map((row) =>
      [row.querySelector('th').firstChild.textContent.trim(), Number(row.querySelector('td a').textContent.replaceAll(',', ''))]))
    assert.deepEqual(Object.fromEntries(rows), expected)
    await sound(manager)
  }
  // A worker opens the same board, and the records behind a figure.
  await yi.goto(`${site}/figures/group_attendances`)
  assert.equal(await yi.locator('.score b').innerText(), '3')
})
