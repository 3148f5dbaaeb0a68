/** Every test of this folder, in one run. */
import './audit-trail.ts';
import './command-line.ts';
import './disks.ts';
import './installers.ts';
import './machine-policy.ts';
import './policy-registry.ts';
import './quit-request.ts';
import './user-files.ts';
