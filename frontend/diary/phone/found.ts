const diaryName = /^charley-([0-9a-f-]{36})$/;

/** Whose diary lies on this phone, where the browser keeps no note of who was here: that of the only one who has one. */
export async function onlyDiary(): Promise<string | null> {
  const all = await indexedDB.databases();
  const users = all.flatMap(({ name }) => diaryName.exec(name ?? '')?.[1] ?? []);
  return users.length === 1 ? users[0]! : null;
}
