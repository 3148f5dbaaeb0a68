import { installations } from '../../shared/installation.ts';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';

const { appId, productName } = installations.release;

/** Of this profile and its payload; a site that changes the profile keeps them. */
const profileId = 'B1D1E5C2-5C0B-4F0B-9E55-3C1C0A0C7A11';
const payloadId = '7C0D5B43-8B8F-4A3E-8E0C-5D3F1B6C9E22';

/**
 * The configuration profile for macOS: every setting as a comment with its form, to be taken out of the comment by who wants
 * it. Empty as it stands, so that it sets nothing by itself.
 * Source: Apple, "Configuration Profile Reference" (a payload whose type is the identifier of an application).
 */
export function configurationProfile(): string {
  const settings = policyNames.map((name) => commented(name, policySettings[name]));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadVersion</key><integer>1</integer>
  <key>PayloadScope</key><string>System</string>
  <key>PayloadIdentifier</key><string>${appId}.policy</string>
  <key>PayloadUUID</key><string>${profileId}</string>
  <key>PayloadDisplayName</key><string>${productName}</string>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadType</key><string>${appId}</string>
      <key>PayloadVersion</key><integer>1</integer>
      <key>PayloadIdentifier</key><string>${appId}.policy.settings</string>
      <key>PayloadUUID</key><string>${payloadId}</string>
      <key>PayloadDisplayName</key><string>${productName}</string>
${settings.join('\n')}
    </dict>
  </array>
</dict>
</plist>
`;
}

function commented(name: string, setting: PolicySetting): string {
  return `      <!-- ${inComment(setting.title)}: ${inComment(form(setting))}
      <key>${name}</key>${example(setting)}
      -->`;
}

/** What a comment of XML may not hold. */
function inComment(text: string): string {
  return text.replaceAll('--', '- -');
}

function form(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
      return `one of ${Object.keys(setting.choices).join(', ')}`;
    case 'switch':
      return 'true or false';
    case 'number':
      return `a whole number from ${setting.least} to ${setting.most}`;
    case 'text':
      return setting.form;
    case 'lines':
      return `at most ${setting.most} texts, each ${setting.form}`;
    case 'object':
      return 'an object of the environment file, as a dict';
  }
}

function example(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
      return `<string>${Object.keys(setting.choices)[0] ?? ''}</string>`;
    case 'switch':
      return '<true/>';
    case 'number':
      return `<integer>${setting.least}</integer>`;
    case 'text':
      return '<string></string>';
    case 'lines':
      return '<array><string></string></array>';
    case 'object':
      return '<dict></dict>';
  }
}
