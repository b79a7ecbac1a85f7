// Imported first: the AWS SDK says in each process that it will need Node 22 in 2027, between the lines people read.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
