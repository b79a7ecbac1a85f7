import * as z from 'zod';
import { defineRoute } from '../route.ts';

export const readOpenApi = defineRoute({
  id: 'readOpenApi',
  resource: 'openapi',
  method: 'GET',
  path: '/v1/openapi.json',
  role: 'viewer',
  summary: 'This document',
  answers: { 200: z.looseObject({ openapi: z.literal('3.1.0') }) },
});

export const openApiRoutes = [readOpenApi];
