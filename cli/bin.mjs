#!/usr/bin/env node
// The commands are TypeScript; this file is what `npx` starts.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
