/** What a run tells its watcher while it goes on. */
export type RunEvent =
  | { readonly kind: 'run-planned'; readonly cells: number; readonly trials: number }
  | { readonly kind: 'trials-added'; readonly trials: number }
  | {
      readonly kind: 'trial-finished';
      readonly cell: string;
      readonly side: 'baseline' | 'candidate';
      readonly provider: string;
      readonly status: string;
      readonly cached: boolean;
    }
  | {
      readonly kind: 'call-retried';
      readonly provider: string;
      readonly attempt: number;
      readonly waitMs: number;
      readonly message: string;
    }
  | { readonly kind: 'provider-stopped'; readonly provider: string; readonly message: string }
  | { readonly kind: 'note'; readonly message: string };

export type Watcher = (event: RunEvent) => void;
