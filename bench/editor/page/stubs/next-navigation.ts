/** The bench has no router: the workspace goes nowhere there. */
export function useRouter() {
  return { push: () => {}, replace: () => {}, refresh: () => {}, prefetch: () => {} };
}
