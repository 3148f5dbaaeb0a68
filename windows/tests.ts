/** Every test of this folder, in one run. */
import './policy-registry.ts';
