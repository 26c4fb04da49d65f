// Read what the server put into the page for the scripts: whose app it is, and every word it says.

const told = JSON.parse(document.getElementById("field-told").textContent);

export const { town, icons, language, map_css: mapCss, sign_in: signIn, account, worker, case_page: casePage } = told;

// The page may be a copy kept on the phone, so whose it is now is what the office last said.
export const pageStaff = told.staff;

// "%(n)s of %(all)s stored", filled. A word that is not there is a mistake to be seen at once.
export function say(key, values = {}) {
  const words = told.words[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

export const sayCount = (key, n, values = {}) => say(n === 1 ? `${key}.one` : `${key}.many`, { n, ...values });
