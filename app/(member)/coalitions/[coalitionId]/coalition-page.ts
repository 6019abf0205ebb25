export interface CoalitionPageProps {
  readonly params: Promise<{ readonly coalitionId: string }>;
}
