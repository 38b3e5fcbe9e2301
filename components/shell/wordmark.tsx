/** The product's name with its sign: a word under two marks. */
export function Wordmark() {
  return (
    <span className="inline-flex items-baseline gap-0 text-[17px] font-semibold tracking-tight">
      <span className="border-b-[3px] border-(--label-blue) leading-5">frame</span>
      <span className="border-b-[3px] border-(--label-vermilion) leading-5">mark</span>
    </span>
  );
}
