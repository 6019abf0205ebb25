import { bounceRoute } from '../../bounce-route.ts';

export const POST = bounceRoute(true);
