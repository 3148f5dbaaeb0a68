import { machineFolders, policyKey } from '../../shared/installation.ts';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';

const introduction = `# Policy

<!-- Written by \`npm run policy\` from shared/policy.ts. Change the text there, or in build/policy/policy-page.ts. -->

What a site decides for its workstations. A policy is set by an administrator, read once at each start, and wins over
the environment file (see [environments.md](environments.md)) where both speak of the same thing.

| system | where |
|---|---|
| Windows | \`${machineFolders.win32}\\policy.json\`, then \`HKLM\\${policyKey}\`, then \`HKCU\\${policyKey}\`; each outweighs what follows it. Group Policy templates: \`cpis-viewer.admx\`, \`en-US/cpis-viewer.adml\` in [build/policy/templates](../build/policy/templates) |
| Linux | \`${machineFolders.linux}/policy.json\` |
| macOS | \`${machineFolders.darwin}/policy.json\`, then a configuration profile: \`cpis-viewer.mobileconfig\`, beside the templates, has every setting in a comment; take out what you set (**not run**) |

The file is one JSON object; \`policy.schema.json\`, beside the templates, describes it. It must be writable by
administrators alone, as must its folders: **on Linux a release checks that** (below). The registry is read with \`reg.exe\`:
every policy of this page with that of Wine, by \`npm run test:windows\`; with Windows' own **not run**. Where users may not run
\`reg.exe\`, use the file: it is read without any other program.

- **A policy that cannot be read is unknown, not absent.** The last one that could be read applies (kept as
  \`last-good-policy.json\` in the user's data), and the Sign in screen says so. Where none was ever read, nobody can sign
  in, and the screen says why: nobody works without what the policy may forbid. A policy that is not there at all is
  absent, and nothing applies; that is kept as well. A place that cannot be read stops nobody where one of more weight
  was read.
  Only a file that does not exist is absent: one that may not be read, is a folder, is held by another program, is no
  regular file, is larger than 256 kB, is not JSON, or **gives a member twice** cannot be read, and the sentence says which.
- **A policy that others could have written lets nobody sign in**, whatever was kept from before (Linux, a release): a
  file, a folder above it or a link on the way that does not belong to root, or that its group (but root's) or everyone may
  write; the same where there is no file, in a folder that others may write; and any start in a user namespace, in which a
  user can show the viewer a policy of their own. The screen names the file or folder. A directory that is writable only by
  an access control list counts as well. Windows and macOS are not checked.
- **A value that is not right is refused by its name and its place** (the file, or the registry key), on the Sign in screen
  and in the log. The last good value of that setting applies, if there was one; else it counts as not set. The other
  settings apply. A name that is not known is refused as well.
- **What \`reg.exe query\` prints decides** on names, types and values of the registry: it comes through a pipe. Letters beyond those
  of English (é, ŵ, ’) it prints in the code page of the console. They are taken from a file that \`reg.exe export\` makes in the
  user's temporary folder, and that is removed at once; nothing else is, because another program of the user could alter that file.
  Where it says something else, the value is refused by its name. So is a text in which the console has a plain letter for such a
  letter (S for Š, ' for ’), but in a list, and a text with such letters where no file can be made. Put those into \`policy.json\`:
  without the file, S for Š is not noticed.
- **No key is no policy**, also where not even the key \`SOFTWARE\\Policies\` is there, as for a new user.
- A value that takes the place of a field in the environment file also has to meet the rules of that field; where it does
  not, sign-in is not possible, and the screen names the setting, its place and the field, not the environment file.

## An example

\`\`\`json
{
  "idleLockMinutes": 5,
  "careSetting": "unscheduled",
  "contentProtection": true,
  "auditForwardTo": "logs.example.nhs.uk:6514"
}
\`\`\`

## The settings
`;

/** `docs/policy.md`. */
export function policyPage(): string {
  const sections = policyNames.map((name) => section(name, policySettings[name]));
  return [introduction, ...sections].join('\n');
}

function section(name: string, setting: PolicySetting): string {
  const rows: readonly (readonly [string, string])[] = [
    ['JSON', jsonForm(setting)],
    ['registry', registryForm(setting)],
    ['otherwise', setting.otherwise],
    ...(setting.overrides === undefined ? [] : ([['wins over', `\`${setting.overrides}\``]] as const)),
  ];
  return [
    `### \`${name}\``,
    '',
    `**${setting.title}.** ${setting.explanation}`,
    '',
    ...meanings(setting),
    '| | |',
    '|---|---|',
    ...rows.map(([what, text]) => `| ${what} | ${text} |`),
    '',
  ].join('\n');
}

function meanings(setting: PolicySetting): readonly string[] {
  switch (setting.kind) {
    case 'choice':
      return [...Object.entries(setting.choices).map(([value, meaning]) => `- \`${value}\`: ${meaning}`), ''];
    case 'switch':
      return [`- \`true\`: ${setting.on}`, `- \`false\`: ${setting.off}`, ''];
    case 'number':
    case 'text':
    case 'lines':
    case 'object':
      return [];
  }
}

/** A bar would end the cell of the table. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

function jsonForm(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
      return 'text';
    case 'switch':
      return '`true` or `false`';
    case 'number':
      return `a whole number from ${setting.least} to ${setting.most}`;
    case 'text':
      return `text: ${cell(setting.form)}`;
    case 'lines':
      return `a list of at most ${setting.most} texts, each ${cell(setting.form)}. One that is not right is refused by its number, and the others apply`;
    case 'object':
      return 'an object';
  }
}

function registryForm(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
    case 'text':
      return '`REG_SZ`';
    case 'switch':
      return '`REG_DWORD`: 1 or 0';
    case 'number':
      return '`REG_DWORD`';
    case 'lines':
      return '`REG_MULTI_SZ`: one line each';
    case 'object':
      return '`REG_SZ`: its JSON on one line';
  }
}
