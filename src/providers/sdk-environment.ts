/**
 * Makes an SDK client without the variables that SDKs read by themselves. Keys, base URLs, log levels and
 * extra headers come from the policy or not at all: `OPENAI_BASE_URL` or `ANTHROPIC_CUSTOM_HEADERS` in a
 * workflow must not send a key elsewhere, and the headers have no option that says no. Constructors run to
 * their end before anything else does, so the variables are gone for nobody else.
 */
export const withoutSdkVariables = <Client>(construct: () => Client): Client => {
  const hidden = Object.entries(process.env).filter(([name]) => /^(OPENAI|ANTHROPIC)_/.test(name));
  for (const [name] of hidden) delete process.env[name];
  try {
    return construct();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
};
