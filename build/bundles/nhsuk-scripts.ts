/**
 * In place of `nhsuk-frontend`, which nhsuk-react-components imports when one of these four is first on the screen: else it would
 * bring all scripts of the library, 42 kB, of which one writes to `innerHTML`, for the 12 kB of these.
 */
export { Button } from 'nhsuk-frontend/dist/nhsuk/components/button/button.mjs';
export { Checkboxes } from 'nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs';
export { ErrorSummary } from 'nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs';
export { Radios } from 'nhsuk-frontend/dist/nhsuk/components/radios/radios.mjs';
