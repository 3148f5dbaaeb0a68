/**
 * The tasks of `build/run.mjs`: what each is for, and its arguments. What stands in angle brackets is a word of the user's; three
 * dots at the end: the task passes on what else it is given; nothing else: it says itself what it takes.
 *
 * @type {Readonly<Record<string, readonly [purpose: string, usage?: string]>>}
 */
const tasks = {
  start: ['build the viewer and open it against the simulator (without a display: pictures of the main job)'],
  test: [
    'build, check and test everything; ends with "N passed, N failed"',
    "[<part of a test file's path> …] [options of Playwright] ...",
  ],
  'test-controls': [
    'switch off each control of the hazard log in turn, and show that its test notices',
    '[<hazard or words of a control> …] [--why]',
  ],
  'test-windows': ['run the code that knows Windows on a Windows Node, under Wine'],
  simulator: ['run the simulator of Care Identity, PDS and CP-IS on its own', '...'],
  build: ['build the viewer into out/app', '[--flavour=development|test|release]'],
  package: [
    'make every installer and archive that this machine can make',
    '[--flavour=release|training|test] [--targets=<linux-x64,deb …>] [--unsigned] [--allow-fallback-for-tests]',
  ],
  journeys: ['build the viewer and try what users do, on the runners of Windows and macOS'],
  'try-installers': [
    'install, update, start and uninstall on a Windows runner',
    '<folder> <folder of a newer version>',
  ],
  'verify-package': [
    'read a package, and name everything in which it is not as it should be',
    '<folder> --manifest=<file> [--flavour=release|training|test] [--installed] [--allow-fallback-for-tests]',
  ],
  check: ['check types, lint and dead code'],
  'hazard-log': ['write the evidence of docs/hazard-log.md from the table of controls'],
  policy: ['write the Group Policy templates, docs/policy.md and docs/support.md from their tables'],
  pictures: ['take the pictures of the screens in docs/screens'],
  bench: [
    'measure the viewer beside an empty window and a common template',
    '[--quick] [--only <start|memory|lookup|waits|clinic-list> …]',
  ],
  soak: [
    'use the viewer for a long while, and see whether anything grows or is lost',
    '[--minutes <10>] [--lookups <500>] [--lookups-per-sign-in <60>] [--faults]',
  ],
};

/**
 * What to say in place of running the task: what it is for, where the user asks with `--help`; what is wrong, where there is no
 * such task or it knows no such argument. `undefined`: it is run.
 *
 * @param {readonly string[]} commandLine the task, then its arguments
 * @returns {{ text: string, exitCode: 0 | 1 } | undefined}
 */
export function insteadOfRunning([name, ...args]) {
  const task = name === undefined || !Object.hasOwn(tasks, name) ? undefined : tasks[name];
  if (name === undefined || task === undefined) {
    const list = Object.entries(tasks).map(([each, [purpose]]) => `  ${each.padEnd(14)} ${purpose}`);
    const first = name === undefined ? 'Which task?' : `There is no task "${name}".`;
    const text = [first, 'Usage: node build/run.mjs <task> [arguments]', ...list].join('\n');
    return { text, exitCode: 1 };
  }
  const [purpose, usage = ''] = task;
  if (usage === '...') return undefined;
  const help = `Usage: node build/run.mjs ${name} ${usage}`.trimEnd();
  if (args.includes('--help')) return { text: `${name}: ${purpose}\n${help}`, exitCode: 0 };
  const known = [...usage.matchAll(/--[\w-]+/g)].map(([option]) => option);
  const unknown = args.find((word) =>
    word.startsWith('-') ? !known.includes(word.split('=')[0] ?? '') : !usage.includes('<'),
  );
  const problem = unknown === undefined ? wrongValue(usage, args) : `knows no argument "${unknown}".`;
  if (problem === undefined || usage.endsWith('...')) return undefined;
  return { text: `${name} ${problem}\n${help}`, exitCode: 1 };
}

/**
 * The option whose value is not what the usage says: `<one|another>`, or `<10>` for a number.
 *
 * @param {string} usage
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
function wrongValue(usage, args) {
  for (const [, option = '', values = ''] of usage.matchAll(/(--[\w-]+) <([\w|-]+)/g)) {
    const allowed = /^\d+$/.test(values) ? /^\d+(\.\d+)?$/ : new RegExp(`^(${values})$`);
    const given = args.flatMap((word, at) => {
      if (word === option) return [args[at + 1] ?? ''];
      return word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [];
    });
    const wrong = given.find((value) => !allowed.test(value));
    if (wrong !== undefined) return `knows no ${option} "${wrong}".`;
  }
  return undefined;
}
