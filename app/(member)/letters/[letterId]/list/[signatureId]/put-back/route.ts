import { reviewRoute } from '../review-route.ts';

export const POST = reviewRoute('put-back');
