// Run a real OpenID Connect provider on loopback for the tests of the city's sign-in.
//
// Its own pages for trying out let in whoever types a name; ACCOUNTS says what it then tells of
// them. It wants PKCE of every client, and signs with the key the tests know.
import { Provider } from "oidc-provider";

const told = (name) => JSON.parse(process.env[name]);
const accounts = told("ACCOUNTS");
const port = Number(process.env.PORT);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  clients: told("CLIENTS"),
  cookies: { keys: ["of a test"] },
  findAccount: (_context, sub) =>
    accounts[sub] && { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
  jwks: told("JWKS"),
  pkce: { required: () => true },
});
provider.listen(port, "127.0.0.1", () => console.log("listening"));
