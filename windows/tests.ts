/** Every test of this folder, in one run. */
import './audit-trail.ts';
import './policy-registry.ts';
