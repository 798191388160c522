/**
 * The logos that front ends show beside the kernel's name: the notebook page's icon as SVG, and as PNG drawn by resvg.
 *
 * They are constants, because a program cannot read files of a JSR package.
 *
 * @module
 */

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="8" fill="#3d4fc4" />
  <path d="M8.5 10.5 14 16l-5.5 5.5" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"
    stroke-linejoin="round" />
  <path d="M17 21.5h7" stroke="#ffd166" stroke-width="3.2" stroke-linecap="round" />
</svg>
`;

const png32 = "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAB2klEQVR4nM2XT0sCQRiH31GIQKNDl44JBR2M9BSRin0CvXrsC6Qd" +
  "S49ax7TO0bFDF6MP0GJGR1cSOhRsp+gaKUSg02920WxbxrL94wO7vjMe3mfemd3ZYWQimb5d6FE3S5ySnCiCrn+DJCpuio/8FaW6" +
  "/kRD4L8vEun6IeeUQ+gYjFG5Vo3tINQZCCRS9YZdIx4Fkqq1i1gUoYiRPH1T5pxnEboGY6xSq27kmJjzLu9q6HMdP/OHmBej7yOq" +
  "wNycezOYf5XFU3Xk947JFijtLlN8bY4arVfKH9xTu9NFr71IBfCY4G7woLUpW2jZLiEVOCqGKRKeRWTghIRUIBjwQ2KFFkMBtAzs" +
  "lpAKCJyWGCkgcFLiVwICK4njE43OL58Rjc+fBCpYlEuhIFoGrglYJX/UOrRduHN+CpxMLpAKOJ1cIBUQyaNDLyJz8mjohYoZhWam" +
  "P9Cy5u19igpnSWpo82j9RCow/Co2JxdsbTb1axSnV6v6ZYVUYB+bUQybkYrNaM9iMxIVKGUUCkoq0EYF8uNWwA0mQCBdV4mT9QQ5" +
  "DaOm9x+lnn+W49fbgwliHVfXAub+uhrTjwIDAYEbleiPHKHONwGBWBM96uU48aRtFcGIGTHFR76y+Xj+CYWpGrPs+ayYAAAAAElF" +
  "TkSuQmCC";

const png64 = "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAEKklEQVR4nO2bOWwTQRSG3zgIkGzE0nB0TkGBhIQjUZE4mAYkmiw0" +
  "XAWnKCHQcUgBCQIVJCkRZwOigU0JTYydAAWSF4mOIuk4GhxhS4Cwh/9ttI4THLNXFGYnn5Rk3tiW/L55b3azXgvyQXbfRB9JaZKk" +
  "NF5oSKIMppccvBcb76WMwRQJYRWfd49i2hN4bXty5pt0jWoDTuIkDEwpgIQMYXVQ8lze6ipjYkHaCug1JwakrPfjaQZCBZFlIRJD" +
  "Bav7KoKWCPz8Rc4sGXVZHUNZZRAqD5K0EyK5q1U14LG55MyJTE3Wx/CQgTBGyHKHSEBCt42gwRwBvPI1WZnEtIEwhrCEVGdzJTQE" +
  "cPJxKvuFQMJ2YbSnC0MHxDP0msUrUooBDGOPEPJqwcpeIeAIcA518ncJoYFQA2ZbwRHQa44/lJKOYqgNQtCjgtVzzBGQ7St+w5Qm" +
  "q+8iy8XR7DqRM1+bOOw9x4x24LC4T+hY/i5CiGGRNYt5kmInYv0Q8pXo7RsvSaIMQu3ABmiLbN848teXZQFhBWxavwq/iT59/Ynf" +
  "6hFYQCrZQdcvbKGurWsREZU+TNPNkY/KiQgsYPja1kbyLt+rv6n/8gf6OFlFpAaBBHDZP72zHaO/UU1C5AIYlSQEEsCMoAUy81qg" +
  "GVUkBBbAVXDvdgab4QpErVFBQmABzObOpLMZqiwhlABGdQmhBTAqS4hEAKOqhMgEMCpKiFQA41XCqXP2f3HaHLkAxosE/t/hLCph" +
  "qVkUAYwXCQdOv1vyKlhUAUMQsKaNgL1H3lKlWsNo6VgUAV6St9ECZ+LYAl6Sr2ATPBnHTdBr8rz5xe4wqGLyTCQCVE2eCS1A5eSZ" +
  "UAKiSn6TUaENxsKPt+NLOUmfyimMghFYAF8QuYsLImGST63+RdcP5amr8zOi4JQmN9KlJzmq/FiJyB+BBfBZ3vyrws38K3lm+PjL" +
  "0Mm7sISzD3Zj5I9AAnj1210U9ZI8l/3T888wio4Dt/b7bofIBXhJnlkMAXsHD/pug0ACmFZXhb0m7zJy4gVl0l8wCo89tYHO3N+D" +
  "kT8CC+CPxgbx0Zgrgc/tb/j8aIw3wcHDY6ElcPIXH+/yvfpMYAEu3A6Mn8Tnw+2wcV0FI/98/pby3ffNhBagOssCsua4TZK2Yawf" +
  "gt5DQFHzm6R0v01O+xsl8ZfvFS6jCtZiqA1C0HTB6jFcAdq1AQTM3iztfFmCqlOQoEUVIPnpBCXTjdvlGa2/MOGixTkBjv1Fq6dx" +
  "a/AcAXFvhebSR+gwRwDDX5urk8zHTcJM8iLX9mtzLlwJNariDDEm7YCy76Akkp9deZeWAlx4Y8RT+lWtBl51IjnkbnitaCuA4WrA" +
  "vjCEoamKiJnEyUK/97da9Wb+KaAZPm2uU92UJNN4qfHftAhKHCuNY3rCRp/n89YOC7Oe+APue3BQUVgxlgAAAABJRU5ErkJggg==";

/** The content of the logos, keyed by the file names that Jupyter expects. */
export const logos: Readonly<Record<string, Uint8Array>> = {
  "logo-svg.svg": new TextEncoder().encode(svg),
  "logo-32x32.png": Uint8Array.fromBase64(png32),
  "logo-64x64.png": Uint8Array.fromBase64(png64),
};
