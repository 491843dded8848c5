/** Files with equal names, as they stand in a mail: the later ones are numbered, so that saving them all saves them all. */
export function numberedNames<File extends { readonly name?: string | undefined }>(files: readonly File[]): File[] {
  return files.map((file, index) => {
    const earlier = files.slice(0, index).filter(({ name }) => name === file.name).length;
    return earlier === 0 ? file : { ...file, name: file.name?.replace(/(?=\.[^.]*$)/, ` (${earlier + 1})`) };
  });
}
